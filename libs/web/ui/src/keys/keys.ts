import { DOCUMENT, DestroyRef, Injectable, inject, signal } from '@angular/core';

/** A shortcut somebody offers: `combo` is one key (`c`, `/`, `[`) or two in a row (`g t`), as `KeyboardEvent.key` names them. */
export interface Shortcut {
  readonly combo: string;
  /** Translation key of what it does, listed in the help sheet. */
  readonly label: string;
  readonly run: () => void;
  /** Heading of the help sheet it stands under. */
  readonly group?: 'global' | 'page';
}

const secondKeyWithinMs = 1200;

/**
 * Single-key shortcuts of the whole console. They never fire in text fields, while an IME composes, with a modifier held,
 * or when the person has switched them off (WCAG 2.1.4).
 */
@Injectable({ providedIn: 'root' })
export class Keys {
  private readonly document = inject(DOCUMENT);
  private readonly offered = signal<readonly Shortcut[]>([]);
  private first: { key: string; at: number } | null = null;

  /** Follows the person's preference. */
  readonly enabled = signal(true);
  /** What works right now, the latest offer first. */
  readonly shortcuts = this.offered.asReadonly();

  constructor() {
    const pressed = (event: KeyboardEvent): void => this.pressed(event);
    this.document.addEventListener('keydown', pressed);
    inject(DestroyRef).onDestroy(() => this.document.removeEventListener('keydown', pressed));
  }

  /** Offers shortcuts, usually while a screen is shown; a later offer of the same combo wins. Returns what takes them back. */
  offer(...shortcuts: readonly Shortcut[]): () => void {
    this.offered.update((all) => [...shortcuts, ...all]);
    return () => this.offered.update((all) => all.filter((it) => !shortcuts.includes(it)));
  }

  private pressed(event: KeyboardEvent): void {
    if (!this.enabled() || event.defaultPrevented || event.isComposing || event.repeat) return;
    if (event.ctrlKey || event.metaKey || event.altKey || this.isTyping(event.target) || this.dialogIsOpen()) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const hit = this.pair(key) ?? this.offered().find((it) => it.combo.toLowerCase() === key.toLowerCase());
    if (hit !== undefined) {
      this.first = null;
      event.preventDefault();
      hit.run();
      return;
    }
    this.first = { key, at: event.timeStamp };
  }

  private pair(key: string): Shortcut | undefined {
    const first = this.first;
    if (first === null || performance.now() - first.at > secondKeyWithinMs) return undefined;
    return this.offered().find((it) => it.combo.toLowerCase() === `${first.key} ${key}`);
  }

  private isTyping(target: EventTarget | null): boolean {
    if (!(target instanceof HTMLElement)) return false;
    if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
    if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit', 'range', 'file'].includes(target.type);
    return ['textbox', 'combobox', 'searchbox', 'listbox', 'menu', 'menuitem'].includes(target.getAttribute('role') ?? '');
  }

  private dialogIsOpen(): boolean {
    return this.document.querySelector('[aria-modal="true"]') !== null;
  }
}

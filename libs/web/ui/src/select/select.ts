import { Component, type ElementRef, computed, inject, input, model, output, signal, viewChild } from '@angular/core';
import { CdkConnectedOverlay, CdkOverlayOrigin } from '@angular/cdk/overlay';
import { Field } from '../field/field';
import { Icon } from '../icons/icon';

/** One entry of a select. */
export interface SelectOption<T = string> {
  readonly value: T;
  readonly label: string;
  /** Second, muted part, such as a count. */
  readonly hint?: string;
  readonly disabled?: boolean;
}

let nextId = 1;

/**
 * Choose one of a list, as a field or as a filter chip: `<berth-select look="chip" [label]="…" [options]="…" [(value)]="site" />`.
 * Button and listbox with arrow keys, Home, End, typing ahead, Enter and Escape.
 */
@Component({
  selector: 'berth-select',
  imports: [CdkConnectedOverlay, CdkOverlayOrigin, Icon],
  templateUrl: './select.html',
  styleUrl: './select.css',
})
export class Select<T = string> {
  private readonly trigger = viewChild.required<ElementRef<HTMLButtonElement>>('trigger');
  private readonly list = viewChild<ElementRef<HTMLElement>>('list');
  protected readonly field = inject(Field, { optional: true });
  private typed = '';
  private typedAt = 0;

  /** Accessible name; in a chip it is also shown while nothing is chosen. */
  readonly label = input.required<string>();
  readonly options = input.required<readonly SelectOption<T>[]>();
  readonly value = model<T | null>(null);
  /** A form field, a small one within a line, a filter that lights up while something is chosen, or a quiet chip that states a fact. */
  readonly look = input<'field' | 'small' | 'chip' | 'fact'>('field');
  protected readonly styled = computed(() => ({ field: 'in', small: 'in small', chip: 'chip', fact: 'chip' })[this.look()]);
  /** Shown while nothing is chosen. */
  readonly placeholder = input<string | null>(null);
  readonly disabled = input(false);
  readonly chosen = output<T>();

  protected readonly id = `berth-select-${nextId++}`;
  protected readonly isOpen = signal(false);
  protected readonly active = signal(0);
  protected readonly selected = computed(() => this.options().find((it) => it.value === this.value()) ?? null);
  protected readonly shownLabel = computed(() => this.selected()?.label ?? this.placeholder() ?? this.label());

  protected open(): void {
    if (this.disabled()) return;
    this.active.set(
      Math.max(
        0,
        this.options().findIndex((it) => it.value === this.value()),
      ),
    );
    this.isOpen.set(true);
  }

  protected opened(): void {
    this.list()?.nativeElement.focus();
    this.reveal();
  }

  protected close(): void {
    if (!this.isOpen()) return;
    this.isOpen.set(false);
    this.trigger().nativeElement.focus();
  }

  protected choose(option: SelectOption<T> | undefined): void {
    if (option === undefined || option.disabled) return;
    this.value.set(option.value);
    this.chosen.emit(option.value);
    this.close();
  }

  protected onTriggerKey(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    this.open();
  }

  protected onListKey(event: KeyboardEvent): void {
    const last = this.options().length - 1;
    const target = { ArrowDown: Math.min(last, this.active() + 1), ArrowUp: Math.max(0, this.active() - 1), Home: 0, End: last }[event.key];
    if (target !== undefined) this.active.set(target);
    else if (event.key === 'Enter' || event.key === ' ') this.choose(this.options()[this.active()]);
    else if (event.key === 'Escape' || event.key === 'Tab') this.close();
    else if (event.key.length !== 1 || !this.typeAhead(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    this.reveal();
  }

  protected point(event: Event): void {
    const index = this.optionAt(event);
    if (index >= 0) this.active.set(index);
  }

  protected optionAt(event: Event): number {
    const option = (event.target as Element).closest<HTMLElement>('[data-index]');
    return option === null ? -1 : Number(option.dataset['index']);
  }

  private typeAhead(key: string): boolean {
    const now = Date.now();
    this.typed = now - this.typedAt > 800 ? key : this.typed + key;
    this.typedAt = now;
    const index = this.options().findIndex((it) => it.label.toLowerCase().startsWith(this.typed.toLowerCase()));
    if (index >= 0) this.active.set(index);
    return true;
  }

  private reveal(): void {
    queueMicrotask(() => this.list()?.nativeElement.querySelector(`#${this.id}-${this.active()}`)?.scrollIntoView({ block: 'nearest' }));
  }
}

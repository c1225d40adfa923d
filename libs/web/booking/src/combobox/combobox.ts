import { CdkConnectedOverlay, CdkOverlayOrigin } from '@angular/cdk/overlay';
import { Component, ElementRef, computed, inject, input, linkedSignal, output, signal, viewChild } from '@angular/core';
import { Field, Icon } from '@berth/web/ui';

/** One line of the list. */
export interface ComboOption<T> {
  readonly value: T;
  readonly label: string;
  /** Second, muted line. */
  readonly note?: string;
  /** Word at the right edge, such as “free”. */
  readonly hint?: string;
  readonly tone?: 'free' | 'taken';
}

let nextId = 1;

/**
 * A text field with a list beside it: type freely, or take one of the list. Focus stays in the field; arrows walk the list,
 * Enter takes, Escape closes the list only. What is typed counts when Enter is pressed or the field is left.
 */
@Component({
  selector: 'berth-combobox',
  imports: [CdkConnectedOverlay, CdkOverlayOrigin, Icon],
  templateUrl: './combobox.html',
  styleUrl: './combobox.css',
})
export class Combobox<T> {
  private readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');
  private readonly list = viewChild<ElementRef<HTMLElement>>('list');
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly field = inject(Field, { optional: true });

  /** Accessible name. */
  readonly label = input.required<string>();
  readonly name = input<string | null>(null);
  /** What the field says while nobody types. */
  readonly text = input.required<string>();
  /** Muted words behind it, such as a duration. */
  readonly suffix = input<string | null>(null);
  readonly placeholder = input('');
  readonly options = input.required<readonly ComboOption<T>[]>();
  /** Index of the option that stands for the value, -1 for none. */
  readonly current = input(-1);
  /** Said in place of the list while it is empty. */
  readonly emptyText = input<string | null>(null);
  readonly disabled = input(false);
  readonly invalid = input(false);

  /** Somebody is typing; the caller may narrow the options. */
  readonly typed = output<string>();
  readonly chosen = output<T>();
  /** What was typed counts now. */
  readonly committed = output<string>();

  protected readonly id = `berth-combobox-${nextId++}`;
  protected readonly isOpen = signal(false);
  /** null = the field shows `text`. */
  protected readonly draft = signal<string | null>(null);
  /** Where the arrows are; -1 until they are used. */
  protected readonly active = linkedSignal<readonly ComboOption<T>[], number>({ source: this.options, computation: () => -1 });
  protected readonly shown = computed(() => this.draft() ?? this.text());
  protected readonly width = computed(() => (this.isOpen() ? this.host.nativeElement.getBoundingClientRect().width : 0));

  focus(): void {
    this.box().nativeElement.focus();
  }

  protected open(): void {
    if (this.disabled()) return;
    this.isOpen.set(true);
  }

  protected attached(): void {
    queueMicrotask(() => this.reveal(Math.max(this.active(), this.current()), 'center'));
  }

  protected type(text: string): void {
    this.draft.set(text);
    this.typed.emit(text);
    this.open();
  }

  protected choose(option: ComboOption<T> | undefined): void {
    if (option === undefined) return;
    this.draft.set(null);
    this.isOpen.set(false);
    this.chosen.emit(option.value);
  }

  protected onKey(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') this.step(event.key === 'ArrowDown' ? 1 : -1);
    else if (event.key === 'Escape' && this.isOpen()) this.close();
    else if (event.key === 'Escape' && this.draft() !== null) this.draft.set(null);
    else if (event.key === 'Enter' && this.active() >= 0 && this.isOpen()) this.choose(this.options()[this.active()]);
    else if (event.key === 'Enter' && this.draft() !== null) this.commit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  protected commit(): void {
    const typed = this.draft();
    this.isOpen.set(false);
    if (typed === null) return;
    this.draft.set(null);
    this.committed.emit(typed);
  }

  private close(): void {
    this.isOpen.set(false);
    this.active.set(-1);
  }

  private step(by: 1 | -1): void {
    const last = this.options().length - 1;
    if (!this.isOpen()) {
      this.open();
      return;
    }
    const from = this.active() >= 0 ? this.active() : this.current() >= 0 ? this.current() : by === 1 ? -1 : last + 1;
    this.active.set(Math.min(last, Math.max(0, from + by)));
    this.reveal(this.active(), 'nearest');
  }

  private reveal(index: number, block: ScrollLogicalPosition): void {
    this.list()?.nativeElement.children.item(index)?.scrollIntoView({ block });
  }
}

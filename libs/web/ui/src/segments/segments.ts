import { Component, ElementRef, inject, input, model } from '@angular/core';

/** One choice of a segmented control, select or tab bar. */
export interface Choice<T extends string = string> {
  readonly value: T;
  readonly label: string;
  readonly disabled?: boolean;
  /** Key printed on the choice. */
  readonly key?: string;
}

/** A small set of exclusive choices, all visible: `<berth-segments [label]="…" [choices]="…" [(value)]="…" />`. */
@Component({
  selector: 'berth-segments',
  host: { role: 'radiogroup', '[attr.aria-label]': 'label()', '(keydown)': 'step($event)' },
  template: `
    @for (choice of choices(); track choice.value) {
      <button
        type="button"
        role="radio"
        [attr.aria-checked]="choice.value === value()"
        [attr.tabindex]="choice.value === value() ? 0 : -1"
        [disabled]="choice.disabled ?? false"
        (click)="value.set(choice.value)"
      >
        {{ choice.label }}
      </button>
    }
  `,
  styles: `
    :host {
      display: inline-flex;
      min-height: var(--control-height);
      border: 1px solid var(--line);
      border-radius: var(--radius-control);
      background: var(--surface);
      font-size: 13px;
    }
    button {
      padding: 4px 11px;
      border: 0;
      border-radius: 5px;
      background: none;
      color: var(--muted);
      min-width: 24px;
    }
    button:hover {
      color: var(--text);
    }
    button[aria-checked='true'] {
      background: var(--accent-soft);
      color: var(--accent);
      font-weight: 550;
      box-shadow: var(--chosen-ring);
    }
    @media (max-width: 719px) {
      button {
        flex: 1 0 auto;
      }
    }
  `,
})
export class Segments<T extends string = string> {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);

  /** Accessible name of the group. */
  readonly label = input.required<string>();
  readonly choices = input.required<readonly Choice<T>[]>();
  readonly value = model.required<T>();

  protected step(event: KeyboardEvent): void {
    const direction = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    const open = this.choices().filter((it) => !it.disabled);
    const index = open.findIndex((it) => it.value === this.value());
    const next = open[(index + direction + open.length) % open.length];
    if (next === undefined) return;
    this.value.set(next.value);
    const position = this.choices().indexOf(next);
    this.host.nativeElement.querySelectorAll('button').item(position)?.focus();
  }
}

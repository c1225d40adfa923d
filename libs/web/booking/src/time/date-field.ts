import { Component, computed, inject, input, output } from '@angular/core';
import { isCivilDate } from '@berth/kernel';
import { Field, Formats, Icon } from '@berth/web/ui';

/**
 * A civil date: written as the console writes dates, typed and picked through the browser's own control, which every
 * assistive technology knows.
 */
@Component({
  selector: 'berth-date-field',
  imports: [Icon],
  template: `
    <span class="in box" [class.disabled]="disabled()">
      <span class="shown" aria-hidden="true">{{ shown() }}</span>
      <svg berthIcon="calendar"></svg>
      <input
        #box
        type="date"
        [attr.id]="field?.controlId ?? null"
        [attr.aria-label]="label()"
        [attr.aria-describedby]="field?.describedBy() ?? null"
        [value]="date()"
        [min]="min() ?? ''"
        [disabled]="disabled()"
        (change)="take(box.value)"
        (click)="pick(box)"
      />
    </span>
  `,
  styles: `
    :host {
      display: inline-flex;
    }
    .box {
      position: relative;
      min-width: 156px;
      padding-right: 10px;
      white-space: nowrap;
    }
    .box:focus-within {
      outline: 2px solid var(--accent);
      outline-offset: 1px;
      border-color: transparent;
    }
    .shown {
      flex: 1;
    }
    .disabled {
      background: var(--closed);
      color: var(--muted);
      border-color: var(--line);
    }
    svg {
      color: var(--muted);
    }
    input {
      position: absolute;
      inset: 0;
      width: 100%;
      padding: 0 10px;
      border: 0;
      border-radius: inherit;
      outline: none;
      background: var(--surface);
      opacity: 0;
      cursor: pointer;
    }
    input:focus-visible {
      opacity: 1;
    }
  `,
})
export class DateField {
  private readonly formats = inject(Formats);
  protected readonly field = inject(Field, { optional: true });

  readonly label = input.required<string>();
  /** `YYYY-MM-DD` */
  readonly date = input.required<string>();
  readonly min = input<string | null>(null);
  readonly disabled = input(false);
  readonly picked = output<string>();

  // A civil date has no zone; noon in UTC names it everywhere.
  protected readonly shown = computed(() => this.formats.date(`${this.date()}T12:00:00Z`, 'UTC', 'medium'));

  protected take(date: string): void {
    if (isCivilDate(date)) this.picked.emit(date);
  }

  protected pick(box: HTMLInputElement): void {
    try {
      box.showPicker();
    } catch {
      // Browsers without a picker, or inside a frame of another origin, leave typing.
    }
  }
}

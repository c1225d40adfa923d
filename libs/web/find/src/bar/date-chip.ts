import { Component, computed, inject, input, output } from '@angular/core';
import { isCivilDate } from '@berth/kernel';
import { Formats, Icon } from '@berth/web/ui';

/** A civil date as a chip: written as the console writes dates, typed and picked through the browser's own control. */
@Component({
  selector: 'berth-date-chip',
  imports: [Icon],
  host: { class: 'chip on' },
  template: `
    <svg berthIcon="calendar" [size]="14"></svg>
    <span aria-hidden="true">{{ shown() }}</span>
    <input #box type="date" [attr.aria-label]="label()" [value]="date()" (change)="take(box.value)" (click)="pick(box)" />
  `,
  styles: `
    :host {
      position: relative;
    }
    :host:focus-within {
      outline: 2px solid var(--accent);
      outline-offset: 1px;
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
      color: var(--text);
      font: inherit;
      opacity: 0;
      cursor: pointer;
    }
    input:focus-visible {
      opacity: 1;
    }
    @media (max-width: 719px) {
      :host {
        min-height: 44px;
        border-radius: 22px;
      }
    }
  `,
})
export class DateChip {
  private readonly formats = inject(Formats);

  readonly label = input.required<string>();
  /** `YYYY-MM-DD` */
  readonly date = input.required<string>();
  readonly picked = output<string>();

  // A civil date has no zone; noon in UTC names it everywhere.
  protected readonly shown = computed(() => this.formats.date(`${this.date()}T12:00:00Z`, 'UTC'));

  protected take(date: string): void {
    if (isCivilDate(date) && date !== this.date()) this.picked.emit(date);
  }

  protected pick(box: HTMLInputElement): void {
    try {
      box.showPicker();
    } catch {
      // Browsers without a picker, or inside a frame of another origin, leave typing.
    }
  }
}

import { Component, input, model } from '@angular/core';
import { addDays } from '@berth/kernel';
import { Field, FieldControl } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import type { ClosureEnd } from './closure-repeat';

const KINDS = [
  { kind: 'never', label: 'booking.repeat.never' },
  { kind: 'until', label: 'booking.repeat.until' },
  { kind: 'count', label: 'booking.repeat.times' },
] as const;
/** As many times as one rule may have. */
const MOST = 366;

/** When what comes again comes for the last time. */
@Component({
  selector: 'berth-closure-end-field',
  imports: [Field, FieldControl, TranslatePipe],
  template: `
    <berth-field [label]="'booking.repeat.ends' | translate">
      <select #kind berthControl (change)="choose(kind.value)">
        @for (it of kinds; track it.kind) {
          <option [value]="it.kind" [selected]="it.kind === ends().kind">{{ it.label | translate }}</option>
        }
      </select>
    </berth-field>
    @let end = ends();
    @if (end.kind === 'until') {
      <berth-field [label]="'admin.closures.last' | translate"
        ><input #date berthControl type="date" [min]="first()" [value]="end.date" (change)="until(date)"
      /></berth-field>
    } @else if (end.kind === 'count') {
      <berth-field [label]="'booking.repeat.times' | translate"
        ><input #count berthControl class="count" type="number" min="1" [max]="most" [value]="end.count" (change)="times(count)"
      /></berth-field>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      gap: 10px;
    }
    .count {
      width: 96px;
    }
  `,
})
export class ClosureEndField {
  /** Civil date of the first time. */
  readonly first = input.required<string>();
  readonly ends = model.required<ClosureEnd>();

  protected readonly kinds = KINDS;
  protected readonly most = MOST;

  protected choose(kind: string): void {
    if (kind === 'until') this.ends.set({ kind, date: addDays(this.first(), 28) });
    else if (kind === 'count') this.ends.set({ kind, count: 8 });
    else this.ends.set({ kind: 'never' });
  }

  /** A date that is none, or lies before the first, goes back to what it was. */
  protected until(field: HTMLInputElement): void {
    const end = this.ends();
    if (field.value >= this.first()) this.ends.set({ kind: 'until', date: field.value });
    else if (end.kind === 'until') field.value = end.date;
  }

  protected times(field: HTMLInputElement): void {
    const count = Math.min(MOST, Math.max(1, Math.trunc(Number(field.value)) || 1));
    field.value = String(count);
    this.ends.set({ kind: 'count', count });
  }
}

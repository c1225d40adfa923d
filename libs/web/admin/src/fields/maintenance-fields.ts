import { Component, computed, inject, input, model } from '@angular/core';
import { addMinutes, formatInstant, isCivilDateTime, toCivil, toInstant } from '@berth/kernel';
import { ServerClock } from '@berth/web/data';
import { Field, FieldControl, ZoneChip } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';

const ENDS = ['hours8', 'days1', 'date', 'open'] as const;
type End = (typeof ENDS)[number];

/** How long a maintenance takes, and why. */
export interface MaintenanceWish {
  /** Local date-time it begins; empty for now. */
  readonly from: string;
  readonly end: End;
  /** Local date-time `YYYY-MM-DDTHH:mm`, of `date` only. */
  readonly date: string;
  readonly reason: string;
}

export const NEW_MAINTENANCE: MaintenanceWish = { from: '', end: 'hours8', date: '', reason: '' };

/** The begin as an instant; null for now. */
export function beginOf({ from }: MaintenanceWish, zone: string, now: Date): string | null {
  if (!isCivilDateTime(from)) return null;
  const { instant } = toInstant(from, zone);
  return instant.getTime() > now.getTime() ? formatInstant(instant) : null;
}

/** The end as an instant; null while nobody knows it, undefined when a date is missing or lies before the begin. */
export function endOf(wish: MaintenanceWish, zone: string, now: Date): string | null | undefined {
  const { end, date } = wish;
  const planned = beginOf(wish, zone, now);
  const begin = planned === null ? now : new Date(planned);
  if (end === 'open') return null;
  if (end !== 'date') return formatInstant(addMinutes(begin, end === 'hours8' ? 8 * 60 : 24 * 60));
  if (!isCivilDateTime(date)) return undefined;
  const { instant } = toInstant(date, zone);
  return instant.getTime() > begin.getTime() ? formatInstant(instant) : undefined;
}

/** The questions of a maintenance. */
@Component({
  selector: 'berth-maintenance-fields',
  imports: [Field, FieldControl, TranslatePipe, ZoneChip],
  template: `
    <berth-field
      [label]="'admin.maintenance.from' | translate"
      [note]="'admin.optional' | translate"
      [hint]="'admin.maintenance.fromHint' | translate"
    >
      <input #from berthControl type="datetime-local" [min]="earliest()" [value]="value().from" (input)="set({ from: from.value })" />
    </berth-field>
    <berth-field [label]="'admin.maintenance.until' | translate">
      <select #end berthControl (change)="set({ end: $any(end.value) })">
        @for (it of ends; track it) {
          <option [value]="it" [selected]="it === value().end">{{ 'admin.maintenance.end.' + it | translate }}</option>
        }
      </select>
    </berth-field>
    @if (value().end === 'date') {
      <berth-field [label]="'admin.maintenance.date' | translate" [error]="isWrong() ? ('admin.maintenance.behind' | translate) : null">
        <input #date berthControl type="datetime-local" [min]="earliest()" [value]="value().date" (input)="set({ date: date.value })" />
        <berth-zone-chip [zone]="zone()" />
      </berth-field>
    }
    <berth-field
      [label]="'admin.maintenance.reason' | translate"
      [note]="'admin.optional' | translate"
      [hint]="'admin.maintenance.reasonHint' | translate"
    >
      <input
        #reason
        berthControl
        class="reason"
        maxlength="500"
        autocomplete="off"
        [value]="value().reason"
        (input)="set({ reason: reason.value })"
      />
    </berth-field>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 12px;
    }
    .reason {
      width: 100%;
      max-width: 360px;
    }
  `,
})
export class MaintenanceFields {
  private readonly clock = inject(ServerClock);
  private readonly minute = this.clock.minute;

  readonly zone = input.required<string>();
  readonly value = model.required<MaintenanceWish>();

  protected readonly ends = ENDS;
  protected readonly isWrong = computed(
    () => this.value().date !== '' && endOf(this.value(), this.zone(), new Date(this.clock.now())) === undefined,
  );
  protected readonly earliest = computed(() => {
    const { date, time } = toCivil(new Date(this.minute()), this.zone());
    return `${date}T${time}`;
  });

  protected set(patch: Partial<MaintenanceWish>): void {
    this.value.update((it) => ({ ...it, ...patch }));
  }
}

import { addCivilDays, addMinutes, subtract, type Interval } from '@berth/kernel';
import { type Assignment, keptFrom } from './assignment';
import { type Blackout, blackoutsWithin } from './blackouts';
import type { EffectivePolicy, Sourced } from './booking-policy';
import type { Gate } from './gate';
import { openIntervals, type WeeklyHours } from './opening-hours';
import { slotAtOrBefore, type SlotGrid } from './slot-grid';

/** All that decides whether a resource may be booked, except who has booked it already. */
export interface BookingTerms {
  readonly policy: EffectivePolicy;
  /** IANA zone of the resource. */
  readonly timeZone: string;
  /** Absent means always open. */
  readonly hours?: Sourced<WeeklyHours>;
  readonly blackouts: readonly Blackout[];
  readonly state: ResourceState;
  /** Interchangeable copies the resource has. */
  readonly units: number;
  /** Who may book, that of the site before that of the resource; absent is everyone. */
  readonly gates?: readonly Gate[];
  /** Whose it is, or whose something is that shares its time; absent is nobody's. */
  readonly assignments?: readonly Assignment[];
}

export type ResourceStatus = 'available' | 'maintenance' | 'archived';

export interface ResourceState {
  readonly status: ResourceStatus;
  /** Refuses what overlaps it, scheduled ones too; without it, the status `maintenance` refuses everything. */
  readonly maintenance?: MaintenanceWindow;
}

export interface MaintenanceWindow {
  readonly start: Date;
  /** Absent while nobody knows when the resource will be back. */
  readonly end?: Date;
}

const DAY_MINUTES = 1440;

export function gridOf(terms: BookingTerms): SlotGrid {
  return { step: terms.policy.slotStep.value, timeZone: terms.timeZone };
}

/**
 * The earliest start that notice and clock allow. People book «now», so without notice it is the start of the slot that
 * is running; with notice it is the notice to the second.
 */
export function earliestStart(terms: BookingTerms, now: Date): Date {
  const notice = terms.policy.minNotice.value;
  return notice > 0 ? addMinutes(now, notice) : slotAtOrBefore(gridOf(terms), now);
}

/** The latest start within the horizon. */
export function latestStart(terms: BookingTerms, now: Date): Date {
  return addMinutes(now, terms.policy.horizon.value);
}

/**
 * The instant `minutes` after a start. Whole days are civil days of the zone, so a limit of `P1D` allows the night on
 * which clocks go back; anything else is time that passes.
 */
export function endAfter(start: Date, minutes: number, zone: string): Date {
  return minutes % DAY_MINUTES === 0 ? addCivilDays(start, minutes / DAY_MINUTES, zone) : addMinutes(start, minutes);
}

/** Time within the window that is open for somebody, without blackouts and maintenance; busy time is not looked at. */
export function bookableTime(terms: BookingTerms, window: Interval, personId?: string): Interval[] {
  if (terms.state.status === 'archived') return [];
  const open = terms.policy.mayLeaveOpenHours.value ? [window] : openIntervals(terms.hours?.value, terms.timeZone, window);
  return subtract(open, [
    ...blackoutsWithin(terms.blackouts, window),
    ...maintenanceWithin(terms.state, window),
    ...keptFrom(terms.assignments ?? [], personId, window),
  ]);
}

/** The part of the window that maintenance takes. */
export function maintenanceWithin({ status, maintenance }: ResourceState, window: Interval): Interval[] {
  if (!maintenance) return status === 'maintenance' ? [window] : [];
  const start = maintenance.start.getTime() > window.start.getTime() ? maintenance.start : window.start;
  const end = maintenance.end && maintenance.end.getTime() < window.end.getTime() ? maintenance.end : window.end;
  return start.getTime() < end.getTime() ? [{ start, end }] : [];
}

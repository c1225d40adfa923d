import type { Interval } from '@berth/kernel';
import type { ReservationStatus } from './reservation-state';

/** What is known of a reservation's life. */
export interface LifeSoFar extends Interval {
  readonly id: string;
  readonly status: ReservationStatus;
  /** When its start was told. */
  readonly startedAt: Date | null;
  /** When its end was told. */
  readonly endedAt: Date | null;
  /** Who has not checked in by then did not show up; null where nobody has to. */
  readonly checkInBy: Date | null;
  /** When a cancellation became final; null while it can be taken back, and for all others. */
  readonly cancelledAt: Date | null;
}

/** Something that is to happen to a reservation, and when it should have. */
export interface LifeStep {
  readonly id: string;
  readonly kind: 'started' | 'ended' | 'no_show';
  readonly at: Date;
  /** Status after it. */
  readonly status: ReservationStatus;
}

/** At one instant: who did not come makes room, who leaves makes room, who comes takes it. */
const order: Readonly<Record<LifeStep['kind'], number>> = { no_show: 0, ended: 1, started: 2 };

/**
 * Everything due until an instant, in the order it should have happened; nothing before its time. A reservation starts
 * once and ends once, the latter only when it has started: one cancelled before is never told of.
 */
export function dueSteps(lives: readonly LifeSoFar[], until: Date): LifeStep[] {
  return lives
    .flatMap((it) => stepsOf(it).filter((step) => step.at <= until))
    .sort((a, b) => a.at.getTime() - b.at.getTime() || order[a.kind] - order[b.kind] || (a.id < b.id ? -1 : 1));
}

/** By when somebody must have checked in: never after the end. */
export function checkInDeadline({ start, end }: Interval, afterMinutes: number): Date {
  return new Date(Math.min(start.getTime() + afterMinutes * 60_000, end.getTime()));
}

function stepsOf(life: LifeSoFar): LifeStep[] {
  const { id, status } = life;
  const isComing = status === 'confirmed' || status === 'checked_in';
  const starts = life.startedAt === null && (isComing || status === 'completed');
  const hasStarted = starts || life.startedAt !== null;
  const steps: LifeStep[] = [];
  if (starts) steps.push({ id, kind: 'started', at: life.start, status });
  if (life.endedAt !== null || !hasStarted) return steps;
  if (status === 'confirmed' && life.checkInBy) {
    const at = life.checkInBy;
    return [...steps, { id, kind: 'no_show', at, status: 'no_show' }, { id, kind: 'ended', at, status: 'no_show' }];
  }
  if (isComing || status === 'completed') return [...steps, { id, kind: 'ended', at: life.end, status: 'completed' }];
  const cutShortAt = status === 'no_show' ? (life.checkInBy ?? life.start) : life.cancelledAt;
  return cutShortAt ? [...steps, { id, kind: 'ended', at: cutShortAt, status }] : steps;
}

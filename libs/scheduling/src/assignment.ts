import { dayIntervals, intersect, subtract, type Interval } from '@berth/kernel';
import type { PolicySource } from './booking-policy';

/** A resource that is one person's own: nobody else may reserve it, except in time that person shares. */
export interface Assignment {
  /** Without a name where not everyone may read it. */
  readonly person: { readonly id: string; readonly displayName: string | null };
  readonly start: Date;
  /** Absent where nobody has said when it ends. */
  readonly end?: Date;
  /** Time the person is away and lets others have it, in order. */
  readonly shared: readonly Interval[];
  readonly source: PolicySource;
}

/** For whom time is wanted, as far as rules ask. */
export interface ForWhom {
  /** Whose reservation it would be; without one, what is assigned to anybody is refused. */
  readonly personId?: string;
  /** Groups of that person; without them every gate for groups is shut. */
  readonly groupIds?: readonly string[];
  /** Whether a refusal may say to whom something is assigned. */
  readonly mayKnowWhose?: boolean;
}

/** The part of the window an assignment keeps from everybody but its person. */
export const exclusiveTime = ({ start, end, shared }: Assignment, window: Interval): Interval[] =>
  subtract(intersect([window], [{ start, end: end ?? window.end }].filter(hasLength)), shared);

/** The part of the window that assignments keep from somebody. */
export const keptFrom = (assignments: readonly Assignment[], personId: string | undefined, window: Interval): Interval[] =>
  assignments.filter((it) => it.person.id !== personId).flatMap((it) => exclusiveTime(it, window));

/** The time of civil dates `YYYY-MM-DD` in a zone, in their order. */
export const timeOfDays = (dates: readonly string[], timeZone: string): Interval[] => dates.flatMap((it) => dayIntervals(it, timeZone));

const hasLength = ({ start, end }: Interval): boolean => start.getTime() < end.getTime();

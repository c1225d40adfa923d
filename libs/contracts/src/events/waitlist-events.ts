import type { DomainEvent } from '../event';

/** Facts about somebody who waits, at the moment of the event. Instants are RFC 3339 in UTC. */
export interface WaitlistFacts {
  readonly entryId: string;
  readonly accountId: string;
  /** null where it is waited for whatever fits. */
  readonly resourceId: string | null;
  /** Several that are waited for together, the first among them; left out for one. */
  readonly resourceIds?: readonly string[];
  readonly start: string;
  readonly end: string;
  readonly flexMinutes: number;
  readonly status: string;
  /** The occurrence of a series that is waited for. */
  readonly occurrenceId?: string;
  readonly offer?: {
    readonly holdId: string;
    readonly resourceId: string;
    /** Several that are offered together, the first among them; left out for one. */
    readonly resourceIds?: readonly string[];
    readonly start: string;
    readonly end: string;
    readonly expiresAt: string;
  };
  readonly reservationId?: string;
  /** Why it expired: nobody answered, or its time has passed. */
  readonly reason?: 'unanswered' | 'passed';
}

export const waitlistEventTypes = [
  'waitlist.joined',
  'waitlist.offered',
  'waitlist.accepted',
  'waitlist.declined',
  'waitlist.expired',
  'waitlist.left',
] as const;
export type WaitlistEventType = (typeof waitlistEventTypes)[number];
export type WaitlistEvent = DomainEvent<WaitlistEventType, WaitlistFacts>;

export const waitlistEvent = (type: WaitlistEventType, facts: WaitlistFacts): WaitlistEvent => ({
  type,
  subject: { kind: 'waitlist', id: facts.entryId },
  data: facts,
});

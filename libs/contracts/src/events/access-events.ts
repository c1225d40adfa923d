import type { DomainEvent } from '../event';

/** Something that was refused to somebody who is known, or to who said to be them. */
export interface RefusalFacts {
  /** Account it is about. */
  readonly id: string;
  /** Code of the problem that was answered. */
  readonly code: string;
  /** Method and pattern of the route; `sign-in` of all doors that take a password. */
  readonly route: string;
  /** The right that is missing, and where: `organization`, `site:…` or `resource:…`. */
  readonly permission?: string;
  readonly scope?: string;
  /** How often: the first of a minute is told at once, what follows with the end of the minute. */
  readonly count: number;
}

/** `denied`: a right is missing, or what was shown for signing in is over. `sign_in_failed`, `sign_in_locked`: a password was guessed, or would have been. */
export const accessEventTypes = ['access.denied', 'access.sign_in_failed', 'access.sign_in_locked'] as const;
export type AccessEventType = (typeof accessEventTypes)[number];
export type AccessEvent = DomainEvent<AccessEventType, RefusalFacts>;

export const accessEvent = (type: AccessEventType, facts: RefusalFacts): AccessEvent => ({
  type,
  subject: { kind: 'users', id: facts.id },
  data: facts,
});

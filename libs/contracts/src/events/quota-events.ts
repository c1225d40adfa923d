import type { DomainEvent } from '../event';

export const quotaEventTypes = ['quota.warning', 'quota.exceeded'] as const;
export type QuotaEventType = (typeof quotaEventTypes)[number];

/** Somebody has sent four fifths of a day's requests, or all of them; told once a day (UTC) each. */
export interface QuotaFacts {
  /** Account whose allowance it is. */
  readonly id: string;
  readonly used: number;
  readonly limit: number;
  /** ISO 8601 duration. */
  readonly window: 'P1D';
}
export type QuotaEvent = DomainEvent<QuotaEventType, QuotaFacts>;

export const quotaEvent = (type: QuotaEventType, facts: QuotaFacts): QuotaEvent => ({
  type,
  subject: { kind: 'users', id: facts.id },
  data: facts,
});

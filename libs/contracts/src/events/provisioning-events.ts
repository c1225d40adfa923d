import type { DomainEvent } from '../event';

export const provisioningOutcomes = ['granted', 'revoked', 'failed'] as const;
/** What came of setting up what was booked, or of taking it down. */
export type ProvisioningOutcome = (typeof provisioningOutcomes)[number];

/** What a provisioner reported about a reservation. Instants are RFC 3339 in UTC. */
export interface ProvisioningFacts {
  readonly reservationId: string;
  readonly resourceIds: readonly string[];
  readonly siteIds: readonly string[];
  readonly organizerId: string;
  readonly start: string;
  readonly end: string;
  /** Of the reservation, which carries the outcome from now on. */
  readonly version: number;
  readonly webhookId: string;
  readonly outcome: ProvisioningOutcome;
  /** In the provisioner's words. */
  readonly message: string | null;
  readonly details?: Readonly<Record<string, unknown>>;
}

export type ProvisioningEvent = DomainEvent<'provisioning.reported', ProvisioningFacts>;

export const provisioningEvent = (facts: ProvisioningFacts): ProvisioningEvent => ({
  type: 'provisioning.reported',
  subject: { kind: 'reservations', id: facts.reservationId },
  data: facts,
});

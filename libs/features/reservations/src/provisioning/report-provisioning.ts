import { Problem, provisioningEvent, type ProvisioningOutcome } from '@berth/contracts';
import { formatInstant } from '@berth/kernel';
import type { Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { readFacts } from '../reservation.store';

export interface ReportProvisioningCommand {
  readonly organizationId: string;
  readonly reservationId: string;
  /** Whose word it is. */
  readonly webhookId: string;
  readonly outcome: ProvisioningOutcome;
  readonly message: string | null;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Writes on a reservation what came of setting up what is booked, or of taking it down. */
@Injectable()
export class ReportProvisioning {
  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @param tx sees all organizations. @throws Problem `not-found` */
  async execute(tx: Tx, { organizationId, reservationId, webhookId, outcome, message, details }: ReportProvisioningCommand): Promise<void> {
    const now = this.clock.now();
    const report = JSON.stringify({ outcome, message, at: formatInstant(now) });
    const written = await tx.sql`
      update reservation set provisioning = ${report}::jsonb, version = version + 1, updated_at = ${now}
      where org_id = ${organizationId} and id = ${reservationId} and status not in ('held', 'released')
      returning id`;
    if (written.length === 0) throw new Problem('not-found');
    const [facts] = await readFacts(tx, [reservationId]);
    if (!facts) throw new Problem('not-found');
    const { resourceIds, siteIds, organizerId, start, end, version } = facts;
    const told = { reservationId, resourceIds, siteIds, organizerId, start, end, version, webhookId, outcome, message, details };
    await this.outbox.append(tx, { organizationId, accountId: null, requestId: null }, provisioningEvent(told));
  }
}

import { catalogueEvent, Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { demandVersion } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';
import { toTier } from './tier';
import { tierForUpdate } from './tier.store';

/** Deletes a tier; whoever had it has the default from then on. */
@Injectable()
export class DeleteTier {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `not-found`, `precondition-failed` with what it is now, `invalid-state` for the default tier */
  execute(actor: Actor, id: string, version: number): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      const { organizationId } = actor;
      const current = toTier(await tierForUpdate(tx, organizationId, id));
      demandVersion(version, current.version, current);
      const { name, perMinute, perDay, isDefault } = current;
      if (isDefault) throw new Problem('invalid-state', { detail: 'Everybody without a tier of their own has this one; it stays.' });
      await tx.sql`update request_allowance set tier_id = null where org_id = ${organizationId} and tier_id = ${id}`;
      await tx.sql`delete from request_tier where org_id = ${organizationId} and id = ${id}`;
      await this.outbox.append(tx, actor, catalogueEvent('request_tier.deleted', { id, name, before: { perMinute, perDay } }));
    });
  }
}

import { catalogueEvent, Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { demandVersion } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';
import { writeOrder } from './provider.store';
import { ProvidersQueries } from './providers.queries';

/** Says in which order the buttons stand. */
@Injectable()
export class OrderProviders {
  constructor(
    private readonly database: Database,
    private readonly queries: ProvidersQueries,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `invalid-reference` for a provider that is not there, `precondition-failed` with what they are now */
  execute(actor: Actor, ids: readonly string[], version: number): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      await tx.sql`select from organization where id = ${actor.organizationId} for no key update`;
      const current = await this.queries.all(actor, tx);
      demandVersion(version, current.orderVersion, current);
      const before = current.data.map((it) => it.id);
      if (!ids.every((id) => before.includes(id)))
        throw new Problem('invalid-reference', {
          errors: [{ pointer: '/ids', code: 'unknown-id', detail: 'names a provider that is none of yours' }],
        });
      await writeOrder(tx, actor.organizationId, ids);
      await tx.sql`update organization set version = version + 1 where id = ${actor.organizationId}`;
      const facts = {
        id: actor.organizationId,
        before: { identityProviders: before },
        after: { identityProviders: [...ids] },
      };
      await this.outbox.append(tx, actor, catalogueEvent('organization.updated', facts));
    });
  }
}

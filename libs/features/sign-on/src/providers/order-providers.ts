import { catalogueEvent, Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';
import { writeOrder } from './provider.store';

/** Says in which order the buttons stand. */
@Injectable()
export class OrderProviders {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `invalid-reference` for a provider that is not there */
  execute(actor: Actor, ids: readonly string[]): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      const known = await tx.sql<{ id: string }>`
        select id from identity_provider where org_id = ${actor.organizationId} and id = any(${[...ids]}::uuid[])`;
      if (known.length < ids.length)
        throw new Problem('invalid-reference', {
          errors: [{ pointer: '/ids', code: 'unknown-id', detail: 'names a provider that is none of yours' }],
        });
      const before = await tx.sql<{ id: string }>`
        select id from identity_provider where org_id = ${actor.organizationId} order by position`;
      await writeOrder(tx, actor.organizationId, ids);
      const facts = {
        id: actor.organizationId,
        before: { identityProviders: before.map((it) => it.id) },
        after: { identityProviders: [...ids] },
      };
      await this.outbox.append(tx, actor, catalogueEvent('organization.updated', facts));
    });
  }
}

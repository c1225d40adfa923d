import { catalogueEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';

/** Says whose people must have a second factor; who has none is asked to set one up at the next sign-in. */
@Injectable()
export class RequireOfRoles {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  execute(actor: Actor, roles: readonly string[]): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      const wanted = [...new Set(roles)].sort();
      await tx.sql`update organization set second_factor_roles = ${wanted}::text[] where id = ${actor.organizationId}`;
      const facts = { id: actor.organizationId, after: { secondFactorRoles: wanted } };
      await this.outbox.append(tx, actor, catalogueEvent('organization.updated', facts));
    });
  }
}

import { builtInRoleKeys, catalogueEvent, Problem } from '@berth/contracts';
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

  /** @throws Problem `invalid-reference` for a role there is not: who is meant by it would go on without */
  execute(actor: Actor, roles: readonly string[]): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      const wanted = [...new Set(roles)].sort();
      const unknown = await tx.sql<{ role: string }>`
        select role from unnest(${wanted}::text[]) as role
        where role <> all (${[...builtInRoleKeys]}::text[])
          and not exists (select from role r where r.org_id = ${actor.organizationId} and r.id::text = role)`;
      if (unknown.length > 0)
        throw new Problem('invalid-reference', { errors: [{ pointer: '/roles', code: 'unknown-id', detail: 'has a role there is not' }] });
      const [was] = await tx.sql<{ roles: string[] }>`
        select second_factor_roles as roles from organization where id = ${actor.organizationId} for no key update`;
      await tx.sql`update organization set second_factor_roles = ${wanted}::text[] where id = ${actor.organizationId}`;
      const facts = { id: actor.organizationId, before: { secondFactorRoles: was?.roles ?? [] }, after: { secondFactorRoles: wanted } };
      await this.outbox.append(tx, actor, catalogueEvent('organization.updated', facts));
    });
  }
}

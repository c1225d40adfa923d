import { builtInRoleKeys, catalogueEvent, Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, type Sql } from '@berth/platform/database';
import { demandVersion } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';

/** Roles whose people must have a second factor, with what `If-Match` names. */
export interface SecondFactorPolicy {
  readonly roles: readonly string[];
  readonly version: number;
}

/** Says whose people must have a second factor; who has none is asked to set one up at the next sign-in. */
@Injectable()
export class RequireOfRoles {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /**
   * @throws Problem `invalid-reference` for a role there is not: who is meant by it would go on without;
   * `precondition-failed` with what it is now
   */
  execute(actor: Actor, roles: readonly string[], version: number): Promise<SecondFactorPolicy> {
    return this.database.transaction(actor, async (tx) => {
      const id = actor.organizationId;
      await tx.sql`select from organization where id = ${id} for no key update`;
      const before = await this.current(actor, tx);
      demandVersion(version, before.version, before);
      const wanted = [...new Set(roles)].sort();
      const unknown = await tx.sql<{ role: string }>`
        select role from unnest(${wanted}::text[]) as role
        where role <> all (${[...builtInRoleKeys]}::text[])
          and not exists (select from role r where r.org_id = ${id} and r.id::text = role)`;
      if (unknown.length > 0)
        throw new Problem('invalid-reference', { errors: [{ pointer: '/roles', code: 'unknown-id', detail: 'has a role there is not' }] });
      await tx.sql`update organization set second_factor_roles = ${wanted}::text[], version = version + 1 where id = ${id}`;
      const facts = { id, before: { secondFactorRoles: [...before.roles] }, after: { secondFactorRoles: wanted } };
      await this.outbox.append(tx, actor, catalogueEvent('organization.updated', facts));
      return this.current(actor, tx);
    });
  }

  async current({ organizationId }: Actor, db: Sql = this.database.of(organizationId)): Promise<SecondFactorPolicy> {
    const [row] = await db.sql<SecondFactorPolicy>`
      select second_factor_roles as roles, version from organization where id = ${organizationId}`;
    return row!;
  }
}

import { catalogueEvent, Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { brokenConstraint, Database, type Tx } from '@berth/platform/database';
import { demandVersion } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';

export interface GiveTierCommand {
  readonly accountId: string;
  /** Version of the person it was decided on. */
  readonly version: number;
  /** null is the default. */
  readonly tierId: string | null;
}

/** Gives a person a tier, or the default back. */
@Injectable()
export class GiveTier {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `not-found` for a person, `precondition-failed` with the tier they have now, `invalid-reference` for one there is not */
  execute(actor: Actor, { accountId, version, tierId }: GiveTierCommand): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      const { organizationId } = actor;
      await tx.sql`select from account where org_id = ${organizationId} and id = ${accountId} for no key update`;
      const [person] = await tx.sql<{ display_name: string; version: number; tier_id: string | null }>`
        select a.display_name, a.version, q.tier_id from account a left join request_allowance q on q.org_id = a.org_id and q.account_id = a.id
        where a.org_id = ${organizationId} and a.id = ${accountId}`;
      if (!person) throw new Problem('not-found');
      demandVersion(version, person.version, { accountId, tierId: person.tier_id, version: person.version });
      if (person.tier_id === tierId) return;
      await write(tx, organizationId, accountId, tierId);
      await tx.sql`update account set version = version + 1 where org_id = ${organizationId} and id = ${accountId}`;
      const facts = { id: accountId, name: person.display_name, before: { requestTier: person.tier_id }, after: { requestTier: tierId } };
      await this.outbox.append(tx, actor, catalogueEvent('user.updated', facts));
    });
  }
}

const write = (tx: Tx, organizationId: string, accountId: string, tierId: string | null): Promise<object[]> =>
  tx.sql`
    insert into request_allowance (org_id, account_id, tier_id) values (${organizationId}, ${accountId}, ${tierId})
    on conflict (org_id, account_id) do update set tier_id = excluded.tier_id`.catch((error: unknown) => {
    if (brokenConstraint(error) !== 'request_allowance_tier') throw error;
    throw new Problem('invalid-reference', { errors: [{ pointer: '/tierId', code: 'unknown', detail: 'is not a tier' }] });
  });

import { catalogueEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, type Sql } from '@berth/platform/database';
import { demandVersion } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';

/** What people may do about their data by themselves. */
export interface PrivacyRules {
  readonly mayEraseOneself: boolean;
}

/** The rules with what `If-Match` names. */
export interface PrivacyRulesSeen extends PrivacyRules {
  readonly version: number;
}

/** Chooses whether people may erase themselves. */
@Injectable()
export class ChangePrivacyRules {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `precondition-failed` with what they are now */
  execute(actor: Actor, { mayEraseOneself }: PrivacyRules, version: number): Promise<PrivacyRulesSeen> {
    return this.database.transaction(actor, async (tx) => {
      const id = actor.organizationId;
      await tx.sql`select from organization where id = ${id} for no key update`;
      const current = await this.current(actor, tx);
      demandVersion(version, current.version, current);
      const before = { mayEraseOneself: current.mayEraseOneself };
      if (before.mayEraseOneself === mayEraseOneself) return current;
      await tx.sql`update organization set may_erase_oneself = ${mayEraseOneself}, version = version + 1 where id = ${id}`;
      await this.outbox.append(tx, actor, catalogueEvent('organization.updated', { id, before, after: { mayEraseOneself } }));
      return this.current(actor, tx);
    });
  }

  async current({ organizationId }: Actor, db: Sql = this.database.of(organizationId)): Promise<PrivacyRulesSeen> {
    const [row] = await db.sql<PrivacyRulesSeen>`
      select may_erase_oneself as "mayEraseOneself", version from organization where id = ${organizationId}`;
    return row!;
  }
}

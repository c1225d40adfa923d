import { catalogueEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';

/** What people may do about their data by themselves. */
export interface PrivacyRules {
  readonly mayEraseOneself: boolean;
}

/** Chooses whether people may erase themselves. */
@Injectable()
export class ChangePrivacyRules {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  execute(actor: Actor, { mayEraseOneself }: PrivacyRules): Promise<PrivacyRules> {
    return this.database.transaction(actor, async (tx) => {
      const id = actor.organizationId;
      const [before] = await tx.sql<PrivacyRules>`
        select may_erase_oneself as "mayEraseOneself" from organization where id = ${id} for no key update`;
      if (before?.mayEraseOneself === mayEraseOneself) return { mayEraseOneself };
      await tx.sql`update organization set may_erase_oneself = ${mayEraseOneself}, version = version + 1 where id = ${id}`;
      await this.outbox.append(
        tx,
        actor,
        catalogueEvent('organization.updated', { id, before: { ...before }, after: { mayEraseOneself } }),
      );
      return { mayEraseOneself };
    });
  }

  async current({ organizationId }: Actor): Promise<PrivacyRules> {
    const [row] = await this.database.of(organizationId).sql<PrivacyRules>`
      select may_erase_oneself as "mayEraseOneself" from organization where id = ${organizationId}`;
    return row!;
  }
}

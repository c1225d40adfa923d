import { catalogueEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';

/** How long the events of an organization are kept. */
export interface AuditRetention {
  /** Days; null for ever. */
  readonly keepDays: number | null;
}

/** Chooses how long events are kept. What is older goes with the next signed checkpoint. */
@Injectable()
export class ChangeRetention {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  execute(actor: Actor, { keepDays }: AuditRetention): Promise<AuditRetention> {
    return this.database.transaction(actor, async (tx) => {
      const id = actor.organizationId;
      const [before] = await tx.sql<AuditRetention>`
        select audit_keep_days as "keepDays" from organization where id = ${id} for no key update`;
      if (before!.keepDays === keepDays) return { keepDays };
      await tx.sql`update organization set audit_keep_days = ${keepDays}, version = version + 1 where id = ${id}`;
      const change = { before: { auditKeepDays: before!.keepDays }, after: { auditKeepDays: keepDays } };
      await this.outbox.append(tx, actor, catalogueEvent('organization.updated', { id, ...change }));
      return { keepDays };
    });
  }

  async current({ organizationId }: Actor): Promise<AuditRetention & { readonly oldest: string | null }> {
    const [row] = await this.database.of(organizationId).sql<{ keepDays: number | null; oldest: Date | null }>`
      select audit_keep_days as "keepDays",
             (select e.at from event e where e.org_id = o.id and e.sequence > coalesce((select sequence from event_cut c where c.org_id = o.id), 0)
              order by e.sequence limit 1) as oldest
      from organization o where id = ${organizationId}`;
    return { keepDays: row!.keepDays, oldest: row!.oldest?.toISOString() ?? null };
  }
}

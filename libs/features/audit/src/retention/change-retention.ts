import { catalogueEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, type Sql } from '@berth/platform/database';
import { demandVersion } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';

/** How long the events of an organization are kept. */
export interface AuditRetention {
  /** Days; null for ever. */
  readonly keepDays: number | null;
}

/** Retention as it is now, with what `If-Match` names. */
export interface RetentionSeen extends AuditRetention {
  /** Instant of the oldest event there is, RFC 3339. */
  readonly oldest: string | null;
  readonly version: number;
}

/** Chooses how long events are kept. What is older goes with the next signed checkpoint. */
@Injectable()
export class ChangeRetention {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `precondition-failed` with what it is now */
  execute(actor: Actor, { keepDays }: AuditRetention, version: number): Promise<RetentionSeen> {
    return this.database.transaction(actor, async (tx) => {
      const id = actor.organizationId;
      await tx.sql`select from organization where id = ${id} for no key update`;
      const before = await this.current(actor, tx);
      demandVersion(version, before.version, before);
      if (before.keepDays === keepDays) return before;
      await tx.sql`update organization set audit_keep_days = ${keepDays}, version = version + 1 where id = ${id}`;
      const change = { before: { auditKeepDays: before.keepDays }, after: { auditKeepDays: keepDays } };
      await this.outbox.append(tx, actor, catalogueEvent('organization.updated', { id, ...change }));
      return this.current(actor, tx);
    });
  }

  async current({ organizationId }: Actor, db: Sql = this.database.of(organizationId)): Promise<RetentionSeen> {
    const [row] = await db.sql<AuditRetention & { oldest: Date | null; version: number }>`
      select audit_keep_days as "keepDays", version,
             (select e.at from event e where e.org_id = o.id and e.sequence > coalesce((select sequence from event_cut c where c.org_id = o.id), 0)
              order by e.sequence limit 1) as oldest
      from organization o where id = ${organizationId}`;
    const { keepDays, oldest, version } = row!;
    return { keepDays, oldest: oldest?.toISOString() ?? null, version };
  }
}

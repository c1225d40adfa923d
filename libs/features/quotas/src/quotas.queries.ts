import { formatInstant, type Page, pageOf } from '@berth/kernel';
import { type Actor, ADDRESS_PER_MINUTE } from '@berth/platform/auth';
import { Database, nothing, sql } from '@berth/platform/database';
import { cursorOf, type ListQuery } from '@berth/platform/http';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { type Tier, type TierRow, toTier } from './tier';

/** The tiers, with how many were given each. */
export interface QuotaConfig {
  /** Requests a minute from one address nobody signed in from. */
  readonly addressPerMinute: number;
  readonly tiers: readonly (Tier & { readonly people: number })[];
}

/** What one person may send, and has sent. */
export interface Usage {
  readonly tier: string;
  readonly perMinute: number;
  readonly perDay: number | null;
  /** Since midnight UTC; requests a process has set aside for the person count. */
  readonly usedToday: number;
  /** Next midnight UTC. */
  readonly resetsAt: string;
}

export interface PersonUsage extends Usage {
  readonly accountId: string;
  readonly displayName: string;
  /** null is the default tier. */
  readonly tierId: string | null;
  /** Of the person: what `If-Match` names where they are given a tier. */
  readonly version: number;
}

/** Somebody came near the end of a day's requests, or reached it. */
export interface QuotaAlert {
  readonly id: string;
  readonly type: string;
  readonly at: string;
  readonly accountId: string;
  readonly displayName: string;
  readonly used: number;
  readonly limit: number;
}

interface UsageRow {
  id: string;
  display_name: string;
  version: number;
  tier_id: string | null;
  tier: string;
  per_minute: number;
  per_day: number | null;
  used_today: number;
}

const ALERTS_KEPT_DAYS = 30;

/** Reads tiers and what was used of them. */
@Injectable()
export class QuotasQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async config(actor: Actor): Promise<QuotaConfig> {
    const rows = await this.database.of(actor.organizationId).sql<TierRow & { people: number }>`
      select t.id, t.name, t.per_minute, t.per_day, t.is_default, t.version,
             (select count(*)::integer from request_allowance q where q.org_id = t.org_id and q.tier_id = t.id) as people
      from request_tier t where t.org_id = ${actor.organizationId}
      order by t.is_default desc, lower(t.name), t.id`;
    return { addressPerMinute: ADDRESS_PER_MINUTE, tiers: rows.map((it) => ({ ...toTier(it), people: it.people })) };
  }

  async own(actor: Actor): Promise<Usage> {
    const [row] = await this.usage(actor, sql`and a.id = ${actor.accountId}`);
    return this.toUsage(row!);
  }

  /** People by what they sent today, most first. */
  async people(actor: Actor, query: ListQuery): Promise<Page<PersonUsage>> {
    const from = cursorOf(query, 2);
    const rows = await this.usage(
      actor,
      from ? sql`and (-${usedToday}, a.id) > (${Number(from[0])}, ${String(from[1])}::text::uuid)` : nothing,
      query.limit + 1,
    );
    const found = rows.map((it) => ({
      ...this.toUsage(it),
      accountId: it.id,
      displayName: it.display_name,
      tierId: it.tier_id,
      version: it.version,
    }));
    return pageOf(found, query.limit, (it) => [-it.usedToday, it.accountId]);
  }

  async alerts(actor: Actor): Promise<QuotaAlert[]> {
    const since = new Date(this.clock.now().getTime() - ALERTS_KEPT_DAYS * 86_400_000);
    const rows = await this.database.of(actor.organizationId).sql<{
      id: string;
      type: string;
      at: Date;
      account_id: string;
      display_name: string;
      data: { used: number; limit: number };
    }>`
      select e.id, e.type, e.at, a.id as account_id, a.display_name, e.data
      from event e join account a on a.org_id = e.org_id and a.id = e.subject_id
      where e.org_id = ${actor.organizationId} and e.type in ('quota.warning', 'quota.exceeded') and e.at > ${since}
      order by e.at desc, e.id desc limit 200`;
    return rows.map(({ id, type, at, account_id: accountId, display_name: displayName, data: { used, limit } }) => ({
      id,
      type,
      at: formatInstant(at),
      accountId,
      displayName,
      used,
      limit,
    }));
  }

  private usage(actor: Actor, condition: ReturnType<typeof sql>, limit = 1): Promise<UsageRow[]> {
    return this.database.of(actor.organizationId).sql<UsageRow>`
      select a.id, a.display_name, a.version, q.tier_id, t.name as tier, t.per_minute, t.per_day, ${usedToday} as used_today
      from account a
      left join request_allowance q on q.org_id = a.org_id and q.account_id = a.id
      join request_tier t on t.org_id = a.org_id and case when q.tier_id is null then t.is_default else t.id = q.tier_id end
      where a.org_id = ${actor.organizationId} and a.status = 'active' ${condition}
      order by -${usedToday}, a.id
      limit ${limit}`;
  }

  private toUsage(row: UsageRow): Usage {
    const today = Math.floor(this.clock.now().getTime() / 86_400_000);
    return {
      tier: row.tier,
      perMinute: row.per_minute,
      perDay: row.per_day,
      usedToday: row.used_today,
      resetsAt: formatInstant(new Date((today + 1) * 86_400_000)),
    };
  }
}

/** By the clock of the database, as it was counted. */
const usedToday = sql`(case when q.day = (clock_timestamp() at time zone 'UTC')::date then q.used else 0 end)`;

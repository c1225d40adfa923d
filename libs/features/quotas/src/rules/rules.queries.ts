import { Problem } from '@berth/contracts';
import { formatInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, type Sql } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { claimsOfPeople, type HeldClaim, quotaHolder, quotaHolders } from '@berth/reservations';
import { brokenQuotas, isHeldBy, limitFor, type Quota, type QuotaHolder, usedOf } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import type { QuotaDraft, QuotaRule } from './quota-rule';
import { demandWhole, readRules } from './quota-rule.store';

/** A rule with how far it is used: who has most of it, and how many are at the end of it. */
export interface QuotaRuleSeen extends QuotaRule {
  readonly most: { readonly displayName: string; readonly used: number } | null;
  /** How many use anything of it at present. */
  readonly using: number;
  readonly atLimit: number;
}

/** What one person has used of a rule at present. */
export interface RuleUse {
  readonly accountId: string;
  readonly displayName: string;
  readonly used: number;
  /** null where an exception lifts it. */
  readonly limit: number | null;
}

export interface ExceptionSeen {
  readonly accountId: string;
  readonly displayName: string;
  readonly limit: number | null;
  readonly until: string;
}

export interface RuleUsage {
  /** What `If-Match` names where an exception is written. */
  readonly ruleVersion: number;
  /** Most first. */
  readonly people: readonly RuleUse[];
  readonly exceptions: readonly ExceptionSeen[];
}

/** A rule that counts for the person who asks, with what they have used of it. */
export interface OwnQuota extends Pick<Quota, 'id' | 'name' | 'what' | 'measure' | 'window'> {
  readonly whatName: string | null;
  readonly used: number;
  /** null where an exception lifts it. */
  readonly limit: number | null;
  /** When there is more again; null where nothing frees it but giving back. */
  readonly freesAt: string | null;
}

/** What a rule would have refused. */
export interface Simulation {
  readonly days: number;
  readonly looked: number;
  readonly refused: number;
  readonly people: number;
  /** Latest first. */
  readonly examples: readonly {
    readonly displayName: string;
    readonly start: string;
    readonly end: string;
    readonly used: number;
    readonly limit: number;
  }[];
}

const SIMULATED_DAYS = 30;
const MOST_PEOPLE = 50;
const DAY_MS = 86_400_000;
/** Longer than any window: what ended before it is in none. */
const LOOKED_BACK_MS = 32 * DAY_MS;

/** Reads quotas and what is used of them. Windows are those of the organization's zone here; a booking counts by that of its resource. */
@Injectable()
export class RulesQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async all(actor: Actor): Promise<QuotaRuleSeen[]> {
    const db = this.database.of(actor.organizationId);
    const rules = await readRules(db, actor.organizationId);
    if (rules.length === 0) return [];
    const people = await this.people(db, actor);
    return rules.map((rule) => {
      const uses = usesOf(rule, people, this.clock.now());
      const [most] = uses;
      return {
        ...rule,
        most: most ? { displayName: most.displayName, used: most.used } : null,
        using: uses.length,
        atLimit: uses.filter((it) => it.limit !== null && it.used >= it.limit).length,
      };
    });
  }

  /** Who has used how much of a rule, and who is excepted from it. @throws Problem `not-found` */
  async usage(actor: Actor, id: string): Promise<RuleUsage> {
    const db = this.database.of(actor.organizationId);
    const [rule] = await readRules(db, actor.organizationId, id);
    if (!rule) throw new Problem('not-found');
    const exceptions = await db.sql<Omit<ExceptionSeen, 'until'> & { until: Date }>`
      select e.account_id as "accountId", a.display_name as "displayName", e.limit_value as limit, e.until
      from quota_exception e join account a on a.org_id = e.org_id and a.id = e.account_id
      where e.org_id = ${actor.organizationId} and e.rule_id = ${id} and e.until > ${this.clock.now()}
      order by e.until, a.id`;
    return {
      ruleVersion: rule.version,
      people: usesOf(rule, await this.people(db, actor), this.clock.now()).slice(0, MOST_PEOPLE),
      exceptions: exceptions.map((it) => ({ ...it, until: formatInstant(it.until) })),
    };
  }

  /** The quotas that count for oneself, those nearest their end first. */
  async own(actor: Actor): Promise<OwnQuota[]> {
    const db = this.database.of(actor.organizationId);
    const now = this.clock.now();
    const rules = await readRules(db, actor.organizationId);
    if (rules.length === 0) return [];
    const holder = await quotaHolder(db, actor.accountId, now);
    const claims = await claimsOfPeople(db, { endingAfter: new Date(now.getTime() - LOOKED_BACK_MS), of: actor.accountId });
    const zone = await zoneOf(db, actor);
    return rules
      .filter((rule) => isHeldBy(rule, holder))
      .map((rule) => {
        const { used, freesAt } = usedOf(rule, claims, now, zone);
        const { id, name, what, whatName, measure, window } = rule;
        const limit = limitFor(rule, holder, now);
        return { id, name, what, whatName, measure, window, used, limit, freesAt: window ? formatInstant(freesAt) : null };
      })
      .sort((a, b) => shareOf(b) - shareOf(a));
  }

  /** What a rule would have refused of what was booked in the last month. @throws Problem as for adding it */
  async simulate(actor: Actor, draft: QuotaDraft): Promise<Simulation> {
    const db = this.database.of(actor.organizationId);
    await demandWhole(db, actor.organizationId, draft);
    const since = new Date(this.clock.now().getTime() - SIMULATED_DAYS * DAY_MS);
    const claims = (await claimsOfPeople(db, { bookedSince: since })).reverse();
    const zone = await zoneOf(db, actor);
    const holders = await quotaHolders(db, [...new Set(claims.map((it) => it.organizerId))], this.clock.now());
    const quota: Quota = { ...draft, id: NO_RULE };
    const refused = holders.flatMap((holder) => refusedOf(quota, holder, claims, zone));
    const names = await namesOf(db, actor, [...new Set(refused.map((it) => it.claim.organizerId))]);
    const latest = refused.sort((a, b) => b.claim.createdAt.getTime() - a.claim.createdAt.getTime()).slice(0, MOST_PEOPLE);
    return {
      days: SIMULATED_DAYS,
      looked: new Set(claims.map((it) => it.reservationId)).size,
      refused: refused.length,
      people: names.size,
      examples: latest.map(({ claim, used }) => ({
        displayName: names.get(claim.organizerId) ?? '–',
        start: formatInstant(claim.start),
        end: formatInstant(claim.end),
        used,
        limit: quota.limit,
      })),
    };
  }

  private async people(db: Sql, actor: Actor): Promise<People> {
    const now = this.clock.now();
    const claims = await claimsOfPeople(db, { endingAfter: new Date(now.getTime() - LOOKED_BACK_MS) });
    const ids = [...new Set(claims.map((it) => it.organizerId))];
    return {
      holders: await quotaHolders(db, ids, now),
      names: await namesOf(db, actor, ids),
      claims: Map.groupBy(claims, (it) => it.organizerId),
      zone: await zoneOf(db, actor),
    };
  }
}

const NO_RULE = '00000000-0000-0000-0000-000000000000';

interface People {
  readonly holders: readonly QuotaHolder[];
  readonly names: ReadonlyMap<string, string>;
  readonly claims: ReadonlyMap<string, readonly HeldClaim[]>;
  readonly zone: string;
}

/** What each person has used of a rule, most of their limit first; who has used nothing is left out. */
function usesOf(rule: Quota, { holders, names, claims, zone }: People, now: Date): RuleUse[] {
  return holders
    .filter((it) => isHeldBy(rule, it))
    .map((it) => ({
      accountId: it.accountId,
      displayName: names.get(it.accountId) ?? '–',
      used: usedOf(rule, claims.get(it.accountId) ?? [], now, zone).used,
      limit: limitFor(rule, it, now),
    }))
    .filter((it) => it.used > 0)
    .sort((a, b) => shareOf(b) - shareOf(a) || a.displayName.localeCompare(b.displayName));
}

const shareOf = ({ used, limit }: { used: number; limit: number | null }): number => (limit === null ? -1 : limit === 0 ? 1 : used / limit);

/** Goes through what one person booked in its order: what would have been refused is not there for what came after. */
function refusedOf(quota: Quota, holder: QuotaHolder, all: readonly HeldClaim[], timeZone: string): { claim: HeldClaim; used: number }[] {
  if (!isHeldBy(quota, holder)) return [];
  const taken: HeldClaim[] = [];
  const refused: { claim: HeldClaim; used: number }[] = [];
  const own = Map.groupBy(
    all.filter((it) => it.organizerId === holder.accountId),
    (it) => it.reservationId,
  );
  for (const items of own.values()) {
    const [first] = items;
    if (!first) continue;
    const others = taken.filter((it) => it.cancelledAt === null || it.cancelledAt > first.createdAt);
    const terms = { timeZone, quotas: [quota] };
    const broken = items.flatMap((wish, i) => {
      const besides = [...others, ...items.filter((_, other) => other !== i)];
      return brokenQuotas({ terms, holder, wish, others: besides, former: [], now: first.createdAt });
    });
    const use = broken[0]?.quota;
    if (use) refused.push({ claim: first, used: use.used });
    else taken.push(...items);
  }
  return refused;
}

async function zoneOf(db: Sql, { organizationId }: Actor): Promise<string> {
  const [row] = await db.sql<{ time_zone: string }>`select time_zone from organization where id = ${organizationId}`;
  return row?.time_zone ?? 'UTC';
}

async function namesOf(db: Sql, { organizationId }: Actor, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.sql<{ id: string; name: string }>`
    select id, display_name as name from account where org_id = ${organizationId} and id = any(${[...ids]}::uuid[])`;
  return new Map(rows.map((it) => [it.id, it.name]));
}

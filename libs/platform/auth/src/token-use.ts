import { addDays, toCivil } from '@berth/kernel';
import { Database, deleteInPortions, type Sql, sql, type Statement } from '@berth/platform/database';
import { Clock, LOG, Schedule } from '@berth/platform/runtime';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Principal } from './sessions';

/** How long a request may be counted in this process alone. */
const WRITTEN_EVERY_MS = 10_000;
/** So many days are shown, and kept. */
const SHOWN_DAYS = 30;

/** Requests with a token, or with the tokens of a program, in the last 30 days. */
export interface TokenUsage {
  /** Today by UTC, `YYYY-MM-DD`: the day of the last number. */
  readonly lastDay: string;
  /** One number for each of the days, the oldest first. */
  readonly requests: readonly number[];
}

interface Counted {
  readonly kind: 'token' | 'client';
  readonly id: string;
  readonly day: string;
  requests: number;
}

/**
 * Counts requests with tokens by day. They are counted in this process first and written in lots, so no request pays a statement for it; what a
 * process that is killed has not written is lost.
 */
@Injectable()
export class TokenUse implements OnModuleDestroy {
  private counted = new Map<string, Counted>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
    schedule: Schedule,
  ) {
    schedule.every(WRITTEN_EVERY_MS, 'requests with tokens could not be counted', () => this.write());
  }

  async onModuleDestroy(): Promise<void> {
    await this.write().catch((error: unknown) => this.log.error({ error }, 'requests with tokens could not be counted, and are lost'));
  }

  /** One more request of somebody whom a token was recognised by. */
  count({ via }: Pick<Principal, 'via'>): void {
    if ((via.kind !== 'token' && via.kind !== 'client') || via.id === null) return;
    this.add({ kind: via.kind, id: via.id, day: dayOf(this.clock.now()), requests: 1 });
  }

  /** Writes what was counted since the last time. */
  async write(): Promise<void> {
    const lot = [...this.counted.values()];
    if (lot.length === 0) return;
    this.counted = new Map();
    try {
      await writeLot(this.database.system, lot);
    } catch (error) {
      for (const it of lot) this.add(it);
      throw error;
    }
  }

  private add(more: Counted): void {
    const key = `${more.id} ${more.day}`;
    const known = this.counted.get(key);
    if (known) known.requests += more.requests;
    else this.counted.set(key, more);
  }
}

/** Days and numbers of a token `t`, for `usageOf`; null where there are none. */
export const usesOfToken = (now: Date): Statement => sql`
  (select jsonb_object_agg(u.day, u.requests) from api_token_use u
   where u.org_id = t.org_id and u.token_id = t.id and u.day > ${dayBeforeShown(now)}::date)`;

/** Days and numbers of a program `c`, for `usageOf`; null where there are none. */
export const usesOfClient = (now: Date): Statement => sql`
  (select jsonb_object_agg(u.day, u.requests) from oauth_client_use u
   where u.org_id = c.org_id and u.client_id = c.id and u.day > ${dayBeforeShown(now)}::date)`;

/** @param uses numbers by day; null for none */
export function usageOf(uses: Readonly<Record<string, number>> | null, now: Date): TokenUsage {
  const first = addDays(dayBeforeShown(now), 1);
  return { lastDay: dayOf(now), requests: Array.from({ length: SHOWN_DAYS }, (_, n) => uses?.[addDays(first, n)] ?? 0) };
}

/** Forgets what is not shown any more. */
export async function sweepTokenUse(db: Sql, now: Date): Promise<void> {
  const last = dayBeforeShown(now);
  await deleteInPortions(
    db,
    (limit) => sql`
      with over as materialized (
        select org_id, token_id, day from api_token_use where day <= ${last}::date limit ${limit} for update skip locked)
      delete from api_token_use where (org_id, token_id, day) in (select * from over)
      returning day`,
  );
  await deleteInPortions(
    db,
    (limit) => sql`
      with over as materialized (
        select org_id, client_id, day from oauth_client_use where day <= ${last}::date limit ${limit} for update skip locked)
      delete from oauth_client_use where (org_id, client_id, day) in (select * from over)
      returning day`,
  );
}

const dayOf = (now: Date): string => toCivil(now, 'UTC').date;
const dayBeforeShown = (now: Date): string => addDays(dayOf(now), -SHOWN_DAYS);

/** Both kinds or neither. Two processes write the same rows in the same order; what is gone meanwhile is left out. */
async function writeLot(db: Sql, lot: readonly Counted[]): Promise<void> {
  const columns = (kind: Counted['kind']): Statement => {
    const some = lot.filter((it) => it.kind === kind);
    const [ids, days, counts] = [some.map((it) => it.id), some.map((it) => it.day), some.map((it) => it.requests)];
    return sql`unnest(${ids}::uuid[], ${days}::date[], ${counts}::integer[]) as n (id, day, requests)`;
  };
  await db.sql`
    with of_tokens as (
      insert into api_token_use (org_id, token_id, day, requests)
      select t.org_id, t.id, n.day, n.requests from ${columns('token')} join api_token t on t.id = n.id order by t.id, n.day
      on conflict (org_id, token_id, day) do update set requests = api_token_use.requests + excluded.requests
    )
    insert into oauth_client_use (org_id, client_id, day, requests)
    select c.org_id, c.id, n.day, n.requests from ${columns('client')} join oauth_client c on c.id = n.id order by c.id, n.day
    on conflict (org_id, client_id, day) do update set requests = oauth_client_use.requests + excluded.requests`;
}

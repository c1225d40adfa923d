import { catalogueEvent, Problem } from '@berth/contracts';
import { type Database, type Sql, sql, type Statement, type Tx } from '@berth/platform/database';
import type { Doer, Outbox } from '@berth/platform/outbox';
import { may } from './rights';
import { demandNotAbove, readRights } from './rights.store';

/** Somebody acting as an account, with their own session that this one hangs on. */
export interface StandIn {
  readonly organizationId: string;
  /** As whom they act. */
  readonly accountId: string;
  readonly by: string;
  readonly from: string;
}

/**
 * Whether they still may: their own session lives, they have the right, and the person has come to hold nothing they do not
 * hold themselves. Of the person only that is asked here; that they are active, whoever reads the session asks.
 */
export async function stillMayStandIn(db: Sql, { organizationId, accountId, by, from }: StandIn, now: Date): Promise<boolean> {
  const own = await db.sql`
    select from session
    where org_id = ${organizationId} and id = ${from} and account_id = ${by} and revoked_at is null and expires_at > ${now}`;
  const rights = own.length > 0 ? await readRights(db, organizationId, by, now) : undefined;
  if (!rights || !may(rights, 'account:stand-in')) return false;
  return demandNotAbove(db, rights, organizationId, accountId).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Problem) return false;
      throw error;
    },
  );
}

/** Why somebody acts as somebody else no more. */
export type StandInEnd = 'stopped' | 'replaced' | 'expired' | 'withdrawn';

interface StandInRow {
  id: string;
  org_id: string;
  account_id: string;
  stood_in_by: string;
  stood_in_from: string;
  stand_in_reason: string;
  expires_at: Date;
  is_active: boolean;
}

/** Ends those of an organization that still go on, and tells of each. @returns which ended */
export async function endStandIns(
  tx: Tx,
  outbox: Outbox,
  { which, why, doer }: { readonly which: Statement; readonly why: StandInEnd; readonly doer: Doer },
  now: Date,
): Promise<string[]> {
  const ended = await tx.sql<Pick<StandInRow, 'id' | 'account_id' | 'stand_in_reason'>>`
    update session set revoked_at = ${now}, revoked_reason = ${`stand-in-${why}`}
    where org_id = ${doer.organizationId} and ${which} and stood_in_by is not null and revoked_at is null
    returning id, account_id, stand_in_reason`;
  const events = ended.map((it) =>
    catalogueEvent('stand_in.ended', { id: it.account_id, after: { reason: it.stand_in_reason, ended: why } }),
  );
  await outbox.append(tx, doer, ...events);
  return ended.map((it) => it.id);
}

/** Writes down the end of those that are over without a word. @returns how many */
export async function endOverStandIns(database: Database, outbox: Outbox, now: Date): Promise<number> {
  const living = await database.system.sql<StandInRow>`
    select s.id, s.org_id, s.account_id, s.stood_in_by, s.stood_in_from, s.stand_in_reason, s.expires_at, a.status = 'active' as is_active
    from session s join account a on a.org_id = s.org_id and a.id = s.account_id
    where s.stood_in_by is not null and s.revoked_at is null`;
  let ended = 0;
  for (const row of living) {
    const why = await whyOver(database.system, row, now);
    const doer = { organizationId: row.org_id, accountId: null, requestId: null };
    const of = why && { which: sql`id = ${row.id}`, why, doer };
    if (of) ended += (await database.systemTransaction((tx) => endStandIns(tx, outbox, of, now))).length;
  }
  return ended;
}

/** undefined while it goes on. */
async function whyOver(db: Sql, row: StandInRow, now: Date): Promise<StandInEnd | undefined> {
  if (row.expires_at <= now) return 'expired';
  const standIn = { organizationId: row.org_id, accountId: row.account_id, by: row.stood_in_by, from: row.stood_in_from };
  return row.is_active && (await stillMayStandIn(db, standIn, now)) ? undefined : 'withdrawn';
}

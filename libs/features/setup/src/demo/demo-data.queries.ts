import { formatInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, type Sql } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';

/** What becomes of bookings people made themselves on demo resources: `keep` leaves them, and what they need, in place. */
export type OwnBookings = 'keep' | 'remove';

/** How much goes when the demo data is removed. */
export interface DemoCounts {
  readonly bookings: number;
  readonly resources: number;
  readonly people: number;
  readonly sites: number;
  readonly groups: number;
  readonly quotas: number;
}

/** Whether demo data is there, and what removing it would mean. */
export interface DemoData {
  readonly state: 'present' | 'removed' | 'none';
  /** RFC 3339; of a removal that can still be undone. */
  readonly undoUntil: string | null;
  /** By what becomes of people's own bookings; null unless demo data is there. */
  readonly removal: Readonly<Record<OwnBookings, DemoCounts>> | null;
}

/** Reads how it stands with the demo data. */
@Injectable()
export class DemoDataQueries {
  constructor(private readonly database: Database) {}

  read(actor: Actor): Promise<DemoData> {
    return demoData(this.database.of(actor.organizationId), actor);
  }
}

/** The same inside a transaction. */
export async function demoData(db: Sql, actor: Actor): Promise<DemoData> {
  const [row] = await db.sql<{ demo: boolean; demo_undo_until: Date | null }>`
    select demo, demo_undo_until from organization where id = ${actor.organizationId}`;
  const undoUntil = row?.demo_undo_until ?? null;
  if (!row?.demo) return { state: undoUntil ? 'removed' : 'none', undoUntil: undoUntil && formatInstant(undoUntil), removal: null };
  return { state: 'present', undoUntil: null, removal: { keep: await going(db, actor, true), remove: await going(db, actor, false) } };
}

/** Bookings are those people see as such; a hold that ran out is none. */
async function going(db: Sql, actor: Actor, keepsOwn: boolean): Promise<DemoCounts> {
  const [row] = await db.sql<DemoCounts>`
    select count(*) filter (where it.kind = 'reservation' and v.status not in ('held', 'released', 'expired', 'skipped'))::int as bookings,
           count(*) filter (where it.kind = 'resource')::int as resources,
           count(*) filter (where it.kind = 'account')::int as people,
           count(*) filter (where it.kind = 'site')::int as sites,
           count(*) filter (where it.kind = 'people_group')::int as groups,
           count(*) filter (where it.kind = 'quota_rule')::int as quotas
    from demo_going(${actor.organizationId}, ${actor.accountId}, ${keepsOwn}) as it
    left join reservation v on it.kind = 'reservation' and v.id = it.id`;
  return row!;
}

import { silentOutbox } from '@berth/platform/testing';
import { ApprovalQueries, Respond } from '@berth/approvals';
import type { Interval } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import type { TestDatabase } from '@berth/platform/testing';
import { Settle } from '@berth/reservations';
import { at, reservationsGiven } from '@berth/reservations/testing';
import { waitlistOn } from '@berth/waitlist/testing';

/** Two resources alike, of which a rule will be about the first, and people. */
export interface Scene {
  readonly resource: { readonly id: string };
  readonly elsewhere: { readonly id: string };
  readonly ada: Actor;
  readonly bob: Actor;
  /** Manages everything. */
  readonly boss: Actor;
}

/** A wish that breaks a rule, and what a reservation had before it was stretched to that. */
export interface Wished {
  readonly wish: Interval;
  readonly before: Interval;
  readonly quantity: number;
}

export type House = ReturnType<typeof houseOn>;

/** The real use cases of all features that give time, on one database and one clock. */
export function houseOn(db: TestDatabase) {
  const given = reservationsGiven(db);
  const list = waitlistOn(db);
  const { on } = list;
  let others: Pick<Scene, 'bob' | 'boss'> | undefined;
  return {
    db,
    given,
    list,
    on,
    approve: (boss: Actor, id: string) =>
      new Respond(
        db.database,
        new ApprovalQueries(db.database, on.queries, on.clock),
        new Settle(silentOutbox()),
        silentOutbox(),
        on.clock,
      ).execute(boss, {
        ...{ id, decision: 'approve', message: null, suggestion: null },
      }),

    async aScene(quantity: number): Promise<Scene> {
      const size = { units: quantity, timeZone: 'UTC' };
      const [resource, elsewhere] = [await given.aResource(size), await given.aResource(size)];
      others ??= { bob: await given.aPerson(), boss: await given.aPerson('admin') };
      return { resource, elsewhere, ada: await given.aPerson(), ...others };
    },

    /** Does something three hours before everything else happens. */
    async earlier<T>(work: () => Promise<T>): Promise<T> {
      const now = on.clock.now();
      on.clock.set(at('05:00'));
      return work().finally(() => on.clock.set(now));
    },

    /** Keeps what is held, however long ago that was. */
    async keepHeld(holdId: string): Promise<void> {
      await db.asOwner(`update reservation set hold_until = '2026-12-08', created_at = '2026-12-07T07:59:00Z' where id = $1`, [holdId]);
      await db.asOwner(`update occupancy set hold_until = '2026-12-08' where reservation_id = $1`, [holdId]);
    },

    /** Changes a resource as its administrator would: whoever knows the former terms learns that they are old. */
    bump: (resource: { readonly id: string }, set: string) =>
      db.asOwner(`update resource set ${set}, version = version + 1 where id = $1`, [resource.id]),
  };
}

import { addMinutes } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { useDatabase } from '@berth/platform/testing';
import { at, reservationsGiven } from '@berth/reservations/testing';
import { waitlistOn } from './testing';

/** 10⁵ with `WAITLIST_OFFERS=100000`; each offer takes some tens of milliseconds, with all that leads to it. */
const OFFERS = Number(process.env['WAITLIST_OFFERS'] ?? 150);
const seed = Number(process.env['WAITLIST_SEED'] ?? 20261121);

/** mulberry32 */
function random(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

interface Waiting {
  readonly id: string;
  readonly actor: Actor;
  readonly priority: number;
  readonly place: number;
}

describe('The order of the waitlist', () => {
  const db = useDatabase();
  const given = reservationsGiven(db);
  const list = waitlistOn(db);

  it(
    `is kept over ${OFFERS} random offers with two workers (seed ${seed})`,
    async () => {
      const { on } = list;
      const dice = random(seed);
      const pick = (n: number): number => Math.floor(dice() * n);
      // Far enough for every offer to run out: the clock never goes back.
      const start = new Date('2029-12-20T09:00:00Z');
      const when = { start, end: addMinutes(start, 60) };
      const room = await given.aResource({ policy: { horizon: 'P1825D' } });
      const people = await Promise.all(Array.from({ length: 12 }, () => given.aPerson()));
      const workers = [list.worker(), list.worker()];
      on.clock.set(at('08:00', 1));
      let queue: Waiting[] = [];
      let offered: Waiting | undefined;
      let place = 0;

      for (let made = 0; made < OFFERS;) {
        for (const actor of people) {
          if (queue.some((it) => it.actor === actor) || offered?.actor === actor || dice() < 0.4) continue;
          const priority = pick(3);
          const command = { resourceIds: [room.id], ...when, flexMinutes: 0, quantity: 1, autoAccept: false, priority };
          queue.push({ id: (await list.join.execute(actor, command)).id, actor, priority, place: place++ });
        }
        if (offered) {
          const way = pick(4);
          if (way === 0) await list.answer.decline(offered.actor, offered.id);
          else if (way === 1) on.clock.forward(31);
          else if (way === 2) await list.answer.leave(offered.actor, offered.id);
          else {
            const { reservationId } = await list.answer.accept(offered.actor, offered.id);
            await on.cancel.execute(offered.actor, { id: reservationId!, undoSeconds: 0 });
          }
        }
        for (let rounds = 0; rounds < 2; rounds++) await Promise.all(workers.map((it) => it.round()));

        const live = await db.asOwner<{ id: string }>(`select id from waitlist_entry where status = 'offered'`);
        const first = queue.toSorted((a, b) => b.priority - a.priority || a.place - b.place)[0];
        expect([made, live.map((it) => it.id)]).toEqual([made, first ? [first.id] : []]);
        offered = first;
        queue = queue.filter((it) => it !== first);
        if (first) made++;
      }

      const holds = await db.asOwner<{ n: number }>(`select count(*)::int as n from reservation where status = 'held'`);
      expect(holds[0]?.n).toBe(1);
    },
    OFFERS * 1_000 + 60_000,
  );
});

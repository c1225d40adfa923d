import { Problem, type ProblemCode } from '@berth/contracts';
import { formatInstant, type Interval } from '@berth/kernel';
import type { BookingWish } from '@berth/reservations';
import { workOff } from '@berth/platform/testing';
import { at, from } from '@berth/reservations/testing';
import type { RuleCase } from './rules';
import type { House, Scene } from './scene';

/** Goes through a door. @returns the status of what it gave, or `nothing` where it gives nothing without a word */
type Entering = () => Promise<string>;
type Door = (house: House, scene: Scene, it: RuleCase) => Promise<Entering> | Entering;

const wishOf = (scene: Scene, { wish, quantity }: RuleCase, more: Partial<BookingWish> = {}): BookingWish => ({
  resourceIds: [scene.resource.id],
  quantity,
  ...wish,
  ...more,
});
const bodyOf = (scene: Scene, { wish, quantity }: RuleCase) => ({
  ...{ resourceId: scene.resource.id, quantity },
  ...{ start: formatInstant(wish.start), end: formatInstant(wish.end) },
});
const afternoon = from('14:00').to('15:00');

/** A door for something that was booked before the rule came. */
const onBooked = (
  what: (scene: Scene, it: RuleCase) => { readonly id: string; readonly time: Interval },
  enter: (house: House, scene: Scene, it: RuleCase, id: string) => Promise<string>,
): Door => {
  return async (house, scene, it) => {
    const { id: resourceId, time } = what(scene, it);
    const wish = { resourceIds: [resourceId], quantity: it.quantity, ...time };
    const { id } = await house.earlier(() => house.on.book.execute(scene.ada, wish));
    return () => enter(house, scene, it, id);
  };
};
const here = (time: 'wish' | 'before') => (scene: Scene, it: RuleCase) => ({ id: scene.resource.id, time: it[time] });
const thereInTheAfternoon = (scene: Scene) => ({ id: scene.elsewhere.id, time: afternoon });

/** Once, by a rule: what is asked of a series is asked of each of its dates. */
const once = { rrule: 'FREQ=WEEKLY;COUNT=1', exdates: [], rdates: [], onConflict: 'fail', resolutions: [] } as const;

interface Answered {
  readonly results: readonly { readonly data?: { readonly status: string }; readonly problem?: { readonly code: string } }[];
}
function statusOfItem({ results: [first] }: Answered): string {
  if (first?.problem) throw new Problem(first.problem.code as ProblemCode, { ...first.problem });
  return first?.data?.status ?? 'nothing';
}

const living = (occurrences: readonly { readonly status: string }[]): string =>
  occurrences.find((it) => it.status === 'pending' || it.status === 'confirmed')?.status ?? 'nothing';

interface ImportAnswer {
  readonly failed: readonly { readonly code: string; readonly detail: string }[];
  readonly rows: readonly { readonly status: string | null }[];
}
/** The file as an import takes it: a row says in words which rule refused it, so the words are what is looked for. */
async function imported({ on }: House, scene: Scene, it: RuleCase, lines: readonly string[], more: object = {}): Promise<string> {
  const bytes = Buffer.from(lines.join('\r\n'));
  const once = { bytes, dryRun: false, onError: 'skip' as const, resourceId: scene.resource.id, language: 'en', patience: Infinity };
  const first = await on.bulk.import.execute(scene.ada, { ...once, ...more }).catch((error: unknown): ImportAnswer => {
    if (!(error instanceof Problem) || error.code !== 'import-failed') throw error;
    return { failed: error.extensions['failed'] as ImportAnswer['failed'], rows: [] };
  });
  if ('state' in first) await workOff(on.bulk.worker);
  const answer = 'state' in first ? ((await on.bulk.jobs.result(scene.ada, first.id)) as ImportAnswer) : first;
  const [failed] = answer.failed;
  if (!failed) return answer.rows[0]?.status ?? 'nothing';
  if (failed.code === 'unknown-resource') throw new Problem('not-found');
  if (failed.code === 'reservation-conflict') throw new Problem('reservation-conflict');
  if (!['policy-violation', 'quota-exceeded'].includes(failed.code)) throw new Problem('validation-failed');
  const { violations } = await on.check.execute(scene.ada, wishOf(scene, it));
  throw new Problem('policy-violation', { violations: violations.filter((broken) => failed.detail.includes(broken.detail)) });
}
const spreadsheet = (scene: Scene, it: RuleCase): string[] => {
  const { start, end, quantity } = bodyOf(scene, it);
  return ['start,end,quantity', `${start},${end},${quantity}`];
};
const calendar = ({ wish }: RuleCase, ...more: readonly string[]): string[] => {
  const stamp = (instant: Date): string => formatInstant(instant).replaceAll(/[-:]/g, '');
  const event = [`DTSTART:${stamp(wish.start)}`, `DTEND:${stamp(wish.end)}`, ...more];
  return ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', ...event, 'END:VEVENT', 'END:VCALENDAR'];
};

async function waiting({ list }: House, scene: Scene, { wish, quantity }: RuleCase, autoAccept: boolean): Promise<string> {
  const entry = { resourceIds: [scene.resource.id], ...wish, flexMinutes: 0, quantity, autoAccept, priority: 0 };
  return (await list.join.execute(scene.ada, entry)).id;
}
/** What became of somebody who waits, when all workers have looked. */
async function served({ list, db }: House, id: string): Promise<string> {
  await list.worker().round();
  const [row] = await db.asOwner<{ status: string }>(
    `select r.status from waitlist_entry e join reservation r on r.id = coalesce(e.reservation_id, e.hold_id) where e.id = $1`,
    [id],
  );
  return row?.status ?? 'nothing';
}

/** A door for a reservation of the other resource that has to go, and of which this one is the only one alike. */
function madeToMove(
  makeRoom: (house: House, scene: Scene) => Promise<{ readonly affected: { readonly reservations: readonly { outcome: string }[] } }>,
): Door {
  return async (house, scene, it) => {
    const { on, db, earlier } = house;
    await db.asOwner('update resource e set type_id = r.type_id from resource r where e.id = $1 and r.id = $2', [
      scene.elsewhere.id,
      scene.resource.id,
    ]);
    const { id } = await earlier(() => on.book.execute(scene.ada, wishOf(scene, it, { resourceIds: [scene.elsewhere.id] })));
    return async () => {
      const { affected } = await makeRoom(house, scene);
      return affected.reservations[0]?.outcome === 'moved' ? (await on.queries.one(scene.boss, id)).status : 'nothing';
    };
  };
}

/** Every way to get time, or somebody else's. Each is prepared while everything is allowed still, and entered under the rule. */
export const doors = {
  book:
    ({ on }, scene, it) =>
    async () =>
      (await on.book.execute(scene.ada, wishOf(scene, it))).status,
  'book, tried':
    ({ on }, scene, it) =>
    async () =>
      (await on.book.tryOut(scene.ada, wishOf(scene, it))).status,
  check:
    ({ on }, scene, it) =>
    async () => {
      const { bookable, needsApproval, violations, occurrences } = await on.check.execute(scene.ada, wishOf(scene, it));
      if (bookable) return needsApproval ? 'pending' : 'confirmed';
      throw violations.length > 0 ? new Problem('policy-violation', { violations }) : new Problem('reservation-conflict', { occurrences });
    },
  'book for another':
    ({ on }, scene, it) =>
    async () =>
      (await on.book.execute(scene.boss, wishOf(scene, it, { onBehalfOf: scene.ada.accountId }))).status,
  hold:
    ({ on }, scene, it) =>
    async () =>
      (await on.hold.execute(scene.ada, wishOf(scene, it))) && 'held',
  'book what is held': async (house, scene, it) => {
    const { id: holdId } = await house.earlier(() => house.on.hold.execute(scene.ada, wishOf(scene, it)));
    await house.keepHeld(holdId);
    return async () => (await house.on.book.execute(scene.ada, wishOf(scene, it, { holdId }))).status;
  },

  move: onBooked(
    thereInTheAfternoon,
    async ({ on }, { ada, resource }, { wish }, id) => (await on.move.execute(ada, { id, resourceId: resource.id, ...wish })).status,
  ),
  'move, tried': onBooked(
    thereInTheAfternoon,
    async ({ on }, { ada, resource }, { wish }, id) => (await on.move.tryOut(ada, { id, resourceId: resource.id, ...wish })).status,
  ),
  resize: onBooked(here('before'), async ({ on }, { ada }, { wish }, id) => (await on.move.execute(ada, { id, ...wish })).status),
  extend: onBooked(here('before'), async ({ on }, { ada }, { wish }, id) => {
    const { start } = await on.queries.one(ada, id);
    return (await on.move.execute(ada, { id, start: new Date(start), end: wish.end })).status;
  }),
  'edit intervals': onBooked(here('before'), async ({ on }, { ada }, { wish }, id) => {
    await on.editIntervals.execute(ada, { id, intervals: [wish] });
    return (await on.queries.one(ada, id)).status;
  }),
  'moved because its own is closed': madeToMove(({ on }, { boss, elsewhere }) =>
    on.close.execute(boss, { id: elsewhere.id, status: 'maintenance', reservations: 'move' }),
  ),
  'moved because its own is assigned to another': madeToMove(({ on }, { bob, boss, elsewhere }) =>
    on.assign.execute(boss, { id: elsewhere.id, personId: bob.accountId, reservations: 'move' }),
  ),
  restore: async ({ on, earlier }, scene, it) => {
    const { id } = await earlier(() => on.book.execute(scene.ada, wishOf(scene, it)));
    await on.cancel.execute(scene.ada, { id, undoSeconds: 30 });
    return async () => (await on.restore.execute(scene.ada, id)).status;
  },
  transfer: onBooked(
    here('wish'),
    async ({ on }, { ada, bob }, _, id) => (await on.transfer.execute(ada, { id, to: bob.accountId })).status,
  ),
  approve: async ({ on, bump, earlier, approve }, scene, it) => {
    await bump(scene.resource, `policy = policy || '{"approval":{"mode":"required"}}'`);
    const { id } = await earlier(() => on.book.execute(scene.ada, wishOf(scene, it)));
    return async () => {
      await approve(scene.boss, id);
      return (await on.queries.one(scene.ada, id)).status;
    };
  },

  series:
    ({ on }, scene, it) =>
    async () =>
      living((await on.series.book.execute(scene.ada, { ...once, wish: wishOf(scene, it) })).occurrences),
  'series for another':
    ({ on }, scene, it) =>
    async () =>
      living(
        (await on.series.book.execute(scene.boss, { ...once, wish: wishOf(scene, it, { onBehalfOf: scene.ada.accountId }) })).occurrences,
      ),
  'series, tried':
    ({ on }, scene, it) =>
    async () => {
      await on.series.check.demandBookable(scene.ada, { ...once, wish: wishOf(scene, it) });
      const { needsApproval } = await on.series.check.execute(scene.ada, { ...once, wish: wishOf(scene, it) });
      return needsApproval ? 'pending' : 'confirmed';
    },
  'series, a date elsewhere':
    ({ on }, scene, it) =>
    async () => {
      const resolutions = [{ recurrenceId: it.wish.start, use: 'resource' as const, resourceId: scene.resource.id }];
      const wish = wishOf(scene, it, { resourceIds: [scene.elsewhere.id] });
      return living((await on.series.book.execute(scene.ada, { ...once, wish, resolutions })).occurrences);
    },
  'series, a date at another time':
    ({ on }, scene, it) =>
    async () => {
      const resolutions = [{ recurrenceId: afternoon.start, use: 'time' as const, ...it.wish }];
      return living((await on.series.book.execute(scene.ada, { ...once, wish: wishOf(scene, it, afternoon), resolutions })).occurrences);
    },
  'series to another time': async ({ on, earlier }, scene, it) => {
    const { series } = await earlier(() => on.series.book.execute(scene.ada, { ...once, wish: wishOf(scene, it, afternoon) }));
    const change = { id: series.id, scope: 'all' as const, details: {}, onConflict: 'fail' as const, ...it.wish };
    return async () => living((await on.series.change.execute(scene.ada, change)).occurrences);
  },
  'series to another resource': async ({ on, earlier }, scene, it) => {
    const wish = wishOf(scene, it, { resourceIds: [scene.elsewhere.id] });
    const { series } = await earlier(() => on.series.book.execute(scene.ada, { ...once, wish }));
    const change = { id: series.id, scope: 'all' as const, details: {}, onConflict: 'fail' as const, resourceId: scene.resource.id };
    return async () => {
      const { occurrences } = await on.series.change.execute(scene.ada, change);
      return living(occurrences.filter((occurrence) => occurrence.resourceIds.includes(scene.resource.id)));
    };
  },
  'fill a skipped date': async ({ on, earlier }, scene, it) => {
    const skipped = { rrule: 'FREQ=WEEKLY;COUNT=2', resolutions: [{ recurrenceId: it.wish.start, use: 'skip' as const }] };
    const { series } = await earlier(() => on.series.book.execute(scene.ada, { ...once, ...skipped, wish: wishOf(scene, it) }));
    const fill = { id: series.id, recurrenceId: it.wish.start };
    return async () => living((await on.series.fill.execute(scene.ada, fill)).occurrences.slice(0, 1));
  },
  'series goes on': async ({ on, db, bump, earlier }, scene, it) => {
    await bump(scene.resource, `policy = policy || '{"horizon":"P2D"}'`);
    const endless = { ...once, rrule: 'FREQ=DAILY', wish: wishOf(scene, it) };
    const { series } = await earlier(() => on.series.book.execute(scene.ada, endless));
    return async () => {
      on.clock.set(at('08:00', 8));
      await on.series.extender.run();
      const coming = await db.asOwner<{ status: string }>('select status from reservation where series_id = $1 and starts_at >= $2', [
        series.id,
        at('00:00', 9),
      ]);
      return living(coming);
    };
  },

  'many, all or none':
    ({ on }, scene, it) =>
    async () => {
      const answer = await on.bulk.book.execute(scene.ada, { mode: 'atomic', items: [bodyOf(scene, it)], language: 'en' });
      return statusOfItem(answer as Answered);
    },
  'many, each by itself':
    ({ on }, scene, it) =>
    async () => {
      const command = { mode: 'bestEffort' as const, items: [bodyOf(scene, it)], language: 'en', patience: Infinity };
      return statusOfItem((await on.bulk.book.execute(scene.ada, command)) as Answered);
    },
  'many, as a job':
    ({ on }, scene, it) =>
    async () => {
      const command = { mode: 'bestEffort' as const, items: [bodyOf(scene, it)], language: 'en', patience: 0 };
      const job = (await on.bulk.book.execute(scene.ada, command)) as { readonly id: string };
      await workOff(on.bulk.worker);
      return statusOfItem((await on.bulk.jobs.result(scene.ada, job.id)) as Answered);
    },
  'many, tried':
    ({ on }, scene, it) =>
    async () =>
      statusOfItem(await on.bulk.try.execute(scene.ada, [bodyOf(scene, it)], 'en')),
  spreadsheet: (house, scene, it) => () => imported(house, scene, it, spreadsheet(scene, it)),
  'spreadsheet, tried': (house, scene, it) => () => imported(house, scene, it, spreadsheet(scene, it), { dryRun: true }),
  'spreadsheet, all or none': (house, scene, it) => () => imported(house, scene, it, spreadsheet(scene, it), { onError: 'fail' }),
  'spreadsheet, as a job': (house, scene, it) => () => imported(house, scene, it, spreadsheet(scene, it), { patience: 0 }),
  calendar: (house, scene, it) => () => imported(house, scene, it, calendar(it)),
  'calendar, all or none': (house, scene, it) => () =>
    imported(house, scene, it, calendar(it, 'RRULE:FREQ=WEEKLY;COUNT=1'), { onError: 'fail' }),
  'calendar with a series': (house, scene, it) => () => imported(house, scene, it, calendar(it, 'RRULE:FREQ=WEEKLY;COUNT=1')),

  'waitlist offers': (house, scene, it) => async () => served(house, await waiting(house, scene, it, false)),
  'waitlist books at once': (house, scene, it) => async () => served(house, await waiting(house, scene, it, true)),
  'accept an offer': async (house, scene, it) => {
    const id = await house.earlier(async () => {
      const joined = await waiting(house, scene, it, false);
      await served(house, joined);
      return joined;
    });
    const [entry] = await house.db.asOwner<{ hold_id: string }>(
      `update waitlist_entry set offer_until = '2026-12-08' where id = $1 returning hold_id`,
      [id],
    );
    await house.keepHeld(entry!.hold_id);
    return async () => {
      await house.list.answer.accept(scene.ada, id);
      return served(house, id);
    };
  },
} as const satisfies Readonly<Record<string, Door>>;

export type DoorName = keyof typeof doors;

import { Problem } from '@berth/contracts';
import type { Interval } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { useDatabase } from '@berth/platform/testing';
import { RULE_NAMES, type RuleName } from '@berth/scheduling';
import { readFileSync } from 'node:fs';
import { at, from, reservationsGiven, reservationsOn } from './testing';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);

/** Every way to get time, or somebody else's. */
const doors = [
  'book',
  'dry run',
  'check',
  'series',
  'hold',
  'held book',
  'for another',
  'move',
  'dry move',
  'resize',
  'extend',
  'edit intervals',
  'restore',
  'transfer',
] as const;
type Door = (typeof doors)[number];

/** What a door does when a rule speaks against it. */
const outcomes = {
  no: 'is refused, and the rule is named',
  ask: 'waits for approval',
  yes: 'goes through: the rule is about new time, and this is none, or it is asked when the hold is booked',
} as const;
type Outcome = keyof typeof outcomes;

/** The table, by hand: rules down, doors across in their order. */
const table: Readonly<Record<string, string>> = {
  //               book dry check series hold held another move dry resize extend edit restore transfer
  maintenance: 'no no no no no no no no no no no no yes yes',
  archived: 'no no no no no no no no no no no no yes no',
  'not bookable': 'no no no no no no no no no yes yes no yes yes',
  units: 'no no no no no no no no no no no no yes yes',
  'in-the-past': 'no no no no no no no no no yes yes yes yes yes',
  'min-notice': 'no no no no no no no no no yes yes yes yes yes',
  horizon: 'no no no no no no no no no yes yes yes yes yes',
  'min-duration': 'no no no no no no no no no no no no yes yes',
  'max-duration': 'no no no no no no no no no no no no yes yes',
  'slot-step': 'no no no no no no no no no no no no yes yes',
  'opening-hours': 'no no no no no no no no no no no no yes yes',
  blackout: 'no no no no no no no no no no no no yes yes',
  'max-concurrent': 'no no no no no no no no no no no no no no',
  'max-per-week': 'no no no no no no no no no no no no no no',
  approval: 'ask ask ask ask yes ask ask ask ask ask ask ask yes ask',
};

/** Routes that can give somebody time, and the doors that stand for them; those that never do. A route in neither list fails. */
const routes: Readonly<Record<string, readonly Door[] | 'gives no time'>> = {
  'POST /reservations': ['book', 'dry run', 'held book', 'for another'],
  'POST /availability/check': ['check'],
  'POST /reservations/recurring': ['series'],
  'PATCH /series/{id}': ['series'],
  'POST /series/{id}/fill': ['series'],
  'POST /series/{id}/cancel': 'gives no time',
  'POST /waitlist/{id}/accept': ['book'],
  'POST /bulk/reservations': ['book'],
  'POST /bulk/reservations/validate': ['check'],
  'POST /bulk/reservations/import': ['book'],
  'POST /bulk/reservations/cancel': 'gives no time',
  'POST /waitlist': 'gives no time',
  'POST /waitlist/{id}/decline': 'gives no time',
  'POST /holds': ['hold'],
  'POST /reservations/{id}/move': ['move', 'dry move', 'resize'],
  'POST /reservations/{id}/extend': ['extend'],
  'POST /reservations/{id}/edit-intervals': ['edit intervals'],
  'POST /reservations/{id}/restore': ['restore'],
  'POST /reservations/{id}/transfer': ['transfer'],
  'POST /holds/{id}/refresh': 'gives no time',
  'POST /holds/{id}/release': 'gives no time',
  'PATCH /reservations/{id}': 'gives no time',
  'POST /reservations/{id}/cancel': 'gives no time',
  'POST /reservations/{id}/check-in': 'gives no time',
  'POST /reservations/{id}/end': 'gives no time',
  'POST /approvals/{id}/respond': 'gives no time',
  'POST /approvals/{id}/delegate': 'gives no time',
  'PUT /approvals/resources/{id}/settings': 'gives no time',
};
const GIVES_TIME = /^(POST|PUT|PATCH) \/(reservations|series|holds|waitlist|bulk|approvals|availability\/check)/;

interface Scene {
  readonly resource: { readonly id: string };
  readonly elsewhere: { readonly id: string };
  readonly ada: Actor;
  readonly bob: Actor;
  readonly boss: Actor;
}

/** How a rule is brought about, the wish that breaks it, and what a reservation had before it was stretched to that. */
interface Case {
  readonly name: RuleName;
  readonly wish: Interval;
  readonly before: Interval;
  readonly quantity: number;
  readonly apply: (scene: Scene) => Promise<unknown>;
}

const bump = (set: string) => (scene: Scene) =>
  db.asOwner(`update resource set ${set}, version = version + 1 where id = $1`, [scene.resource.id]);
const policy = (document: object) => bump(`policy = '${JSON.stringify(document)}'`);
const usual = { wish: from('09:00').to('10:00'), before: from('09:00').to('09:30'), quantity: 1 };
const someDays = JSON.stringify({ days: [{ weekday: 1, intervals: [{ opens: '12:00', closes: '13:00' }] }] });

const cases: Readonly<Record<string, Case>> = {
  maintenance: { ...usual, name: 'status', apply: bump(`status = 'maintenance', status_since = '2026-12-07T09:30:00Z'`) },
  archived: { ...usual, name: 'status', apply: bump(`status = 'archived', status_since = now()`) },
  'not bookable': { ...usual, name: 'status', apply: bump('bookable = false') },
  units: { ...usual, quantity: 2, name: 'units', apply: bump('units = 1') },
  'in-the-past': {
    ...usual,
    wish: from('06:00').to('08:30'),
    before: from('06:00').to('08:15'),
    name: 'in-the-past',
    apply: bump('name = name'),
  },
  'min-notice': { ...usual, name: 'min-notice', apply: policy({ minNotice: 'PT4H' }) },
  horizon: { ...usual, name: 'horizon', apply: policy({ horizon: 'PT30M' }) },
  'min-duration': { ...usual, before: from('09:00').to('11:00'), name: 'min-duration', apply: policy({ minDuration: 'PT2H' }) },
  'max-duration': { ...usual, name: 'max-duration', apply: policy({ maxDuration: 'PT30M' }) },
  'slot-step': {
    ...usual,
    wish: from('09:15').to('10:15'),
    before: from('09:15').to('09:45'),
    name: 'slot-step',
    apply: policy({ slotStep: 'PT1H' }),
  },
  'opening-hours': { ...usual, name: 'opening-hours', apply: bump(`hours = '${someDays}'`) },
  blackout: {
    ...usual,
    name: 'blackout',
    apply: async (scene) => {
      await db.asOwner(
        `insert into blackout (id, org_id, resource_id, starts_at, ends_at, reason, created_at)
         values (gen_random_uuid(), $1, $2, '2026-12-07T09:45:00Z', '2026-12-07T11:00:00Z', 'Fumigation', now())`,
        [db.organizationId, scene.resource.id],
      );
      await bump('name = name')(scene);
    },
  },
  'max-concurrent': {
    ...usual,
    name: 'max-concurrent',
    apply: async (scene) => {
      const other = await given.aResource();
      const { rows } = { rows: await db.asOwner<{ type_id: string }>('select type_id from resource where id = $1', [scene.resource.id]) };
      await db.asOwner('update resource set type_id = $1 where id = $2', [rows[0]?.type_id, other.id]);
      for (const person of [scene.ada, scene.bob]) {
        const own = person === scene.ada ? other : await given.aResource({ type: { id: rows[0]?.type_id ?? '' } });
        await on.book.execute(person, { resourceIds: [own.id], quantity: 1, start: at('09:45'), end: at('11:00') });
      }
      await db.asOwner(`update resource_type set policy = '{"maxConcurrentPerPerson":1}' where id = $1`, [rows[0]?.type_id]);
      await db.asOwner('update organization set epoch = epoch + 1 where id = $1', [db.organizationId]);
    },
  },
  'max-per-week': { ...usual, name: 'max-per-week', apply: policy({ maxPerWeekPerPerson: 'PT45M' }) },
  approval: { ...usual, name: 'approval', apply: policy({ approval: { mode: 'required' } }) },
};

/** Sets a door up while the rule is not there yet, then opens it. @returns the status that came of it */
type Opened = (scene: Scene, it: Case) => Promise<{ prepare(): Promise<void>; open(): Promise<string> }>;

const wishOf = (scene: Scene, { wish, quantity }: Case, more: object = {}) => ({
  resourceIds: [scene.resource.id],
  quantity,
  ...wish,
  ...more,
});
const earlier = async <T>(work: () => Promise<T>): Promise<T> => {
  on.clock.set(at('05:00'));
  return work().finally(() => on.clock.set(at('08:00')));
};
const direct =
  (open: (scene: Scene, it: Case) => Promise<string>): Opened =>
  async (scene, it) => ({ prepare: async () => undefined, open: () => open(scene, it) });
/** A door for something that was booked before the rule came. */
const onBooked = (
  what: (scene: Scene, it: Case) => { resourceId: string; time: Interval },
  open: (scene: Scene, it: Case, id: string) => Promise<string>,
): Opened => {
  return async (scene, it) => {
    let id = '';
    return {
      prepare: async () => {
        const { resourceId, time } = what(scene, it);
        id = (await earlier(() => on.book.execute(scene.ada, { resourceIds: [resourceId], quantity: it.quantity, ...time }))).id;
      },
      open: () => open(scene, it, id),
    };
  };
};
const here = (time: (it: Case) => Interval) => (scene: Scene, it: Case) => ({ resourceId: scene.resource.id, time: time(it) });
const there = (scene: Scene) => ({ resourceId: scene.elsewhere.id, time: from('14:00').to('15:00') });

const opened: Readonly<Record<Door, Opened>> = {
  book: direct(async (scene, it) => (await on.book.execute(scene.ada, wishOf(scene, it))).status),
  'dry run': direct(async (scene, it) => (await on.book.tryOut(scene.ada, wishOf(scene, it))).status),
  check: direct(async (scene, it) => {
    const answer = await on.check.execute(scene.ada, wishOf(scene, it));
    if (answer.bookable) return answer.needsApproval ? 'pending' : 'confirmed';
    throw new Problem('policy-violation', { violations: answer.violations });
  }),
  series: direct(async (scene, it) => {
    const series = {
      wish: wishOf(scene, it),
      rrule: 'FREQ=WEEKLY;COUNT=1',
      exdates: [],
      rdates: [],
      onConflict: 'fail',
      resolutions: [],
    } as const;
    return (await on.series.book.execute(scene.ada, series)).occurrences[0]?.status ?? 'none';
  }),
  hold: direct(async (scene, it) => ((await on.hold.execute(scene.ada, wishOf(scene, it))) ? 'held' : '')),
  'held book': async (scene, it) => {
    let holdId = '';
    return {
      prepare: async () => {
        holdId = (await earlier(() => on.hold.execute(scene.ada, wishOf(scene, it)))).id;
        await db.asOwner(`update reservation set hold_until = '2026-12-08', created_at = '2026-12-07T07:59:00Z' where id = $1`, [holdId]);
        await db.asOwner(`update occupancy set hold_until = '2026-12-08' where reservation_id = $1`, [holdId]);
      },
      open: async () => (await on.book.execute(scene.ada, wishOf(scene, it, { holdId }))).status,
    };
  },
  'for another': direct(
    async (scene, it) => (await on.book.execute(scene.boss, wishOf(scene, it, { onBehalfOf: scene.ada.accountId }))).status,
  ),
  move: onBooked(
    there,
    async (scene, it, id) => (await on.move.execute(scene.ada, { id, resourceId: scene.resource.id, ...it.wish })).status,
  ),
  'dry move': onBooked(
    there,
    async (scene, it, id) => (await on.move.tryOut(scene.ada, { id, resourceId: scene.resource.id, ...it.wish })).status,
  ),
  resize: onBooked(
    here((it) => it.before),
    async (scene, it, id) => (await on.move.execute(scene.ada, { id, ...it.wish })).status,
  ),
  extend: onBooked(
    here((it) => it.before),
    async (scene, it, id) => {
      const { start } = await on.queries.one(scene.ada, id);
      return (await on.move.execute(scene.ada, { id, start: new Date(start), end: it.wish.end })).status;
    },
  ),
  'edit intervals': onBooked(
    here((it) => it.before),
    async (scene, it, id) => {
      await on.editIntervals.execute(scene.ada, { id, intervals: [it.wish] });
      return (await on.queries.one(scene.ada, id)).status;
    },
  ),
  restore: async (scene, it) => {
    let id = '';
    return {
      prepare: async () => {
        id = (await earlier(() => on.book.execute(scene.ada, wishOf(scene, it)))).id;
        await on.cancel.execute(scene.ada, { id, undoSeconds: 30 });
      },
      open: async () => (await on.restore.execute(scene.ada, id)).status,
    };
  },
  transfer: onBooked(
    here((it) => it.wish),
    async (scene, _it, id) => (await on.transfer.execute(scene.ada, { id, to: scene.bob.accountId })).status,
  ),
};

describe('Doors and rules', () => {
  beforeEach(() => on.clock.set(at('08:00')));

  const rows = Object.entries(table).map(([rule, cells]) => [rule, cells.split(' ')] as const);
  const all = rows.flatMap(([rule, cells]) => cells.map((outcome, i) => [rule, doors[i], outcome] as [string, Door, Outcome]));

  it('have a cell for every pair', () => {
    expect(Object.keys(table)).toEqual(Object.keys(cases));
    for (const [rule, cells] of rows) expect([rule, cells.length, cells.every((it) => it in outcomes)]).toEqual([rule, doors.length, true]);
  });

  it('know every rule there is', () => {
    expect([...new Set(Object.values(cases).map((it) => it.name))].sort()).toEqual([...RULE_NAMES].sort());
  });

  it('know every route that can give somebody time', () => {
    const { paths } = JSON.parse(readFileSync('apps/api/openapi.json', 'utf8')) as { paths: Record<string, object> };
    const found = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`),
    );

    expect(found.filter((it) => GIVES_TIME.test(it)).sort()).toEqual(Object.keys(routes).sort());
    expect([...new Set(Object.values(routes).flatMap((it) => (it === 'gives no time' ? [] : it)))].sort()).toEqual([...doors].sort());
  });

  it.each(all)('%s: %s → %s', async (rule, door, expected) => {
    const it = cases[rule]!;
    const [ada, bob, boss] = [await given.aPerson(), await given.aPerson(), await given.aPerson('admin')];
    const size = { units: it.quantity, timeZone: 'UTC' };
    const scene = { resource: await given.aResource(size), elsewhere: await given.aResource(size), ada, bob, boss };
    const { prepare, open } = await opened[door](scene, it);
    await prepare();
    await it.apply(scene);

    const outcome = await open().catch((error: unknown) => error);

    if (expected === 'no') expect(refusalOf(outcome)).toContain(it.name);
    else expect([door, outcome]).toEqual([door, expected === 'ask' ? 'pending' : door === 'hold' ? 'held' : 'confirmed']);
  });
});

/** Rules a refusal names; an archived resource is not even there for those who do not manage it. */
function refusalOf(outcome: unknown): string[] {
  if (!(outcome instanceof Problem)) return [`not refused: ${String(outcome)}`];
  if (outcome.code === 'not-found') return ['status'];
  return (outcome.extensions['violations'] as { rule: string }[] | undefined)?.map((it) => it.rule) ?? [outcome.code];
}

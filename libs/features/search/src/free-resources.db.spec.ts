import type { Interval } from '@berth/kernel';
import { useDatabase } from '@berth/platform/testing';
import { LimitsOfPerson } from '@berth/reservations';
import { at, from, reservationsGiven, reservationsOn } from '@berth/reservations/testing';
import { CandidatesQueries } from './candidates.queries';
import { FreeResources, type FreeSearch } from './free-resources';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);
const search = (wish: Partial<FreeSearch> & Pick<FreeSearch, 'window'>, actor = given.anActor()) =>
  new FreeResources(new CandidatesQueries(db.database), on.catalogue, on.busyTime, new LimitsOfPerson(db.database), on.clock).search(
    actor,
    {
      quantity: 1,
      near: {},
      sort: 'fit',
      limit: 25,
      ...wish,
    },
  );
const names = (answer: { data: readonly { resource: { name: string } }[] }) => answer.data.map((it) => it.resource.name);
const morning = from('09:00').to('10:00');

describe('searching for a free resource', () => {
  beforeEach(() => on.clock.set(at('08:00')));

  it('puts the one with the fewest seats too many first, and says why', async () => {
    const type = await given.aType();
    await given.aResource({ type, name: 'Hall', capacity: 80 });
    await given.aResource({ type, name: 'Turing', capacity: 8 });
    await given.aResource({ type, name: 'Booth', capacity: 2 });

    const answer = await search({ typeId: type.id, window: morning, capacity: 6 });

    expect(names(answer)).toEqual(['Turing', 'Hall']);
    expect(answer.data[0]?.reasons).toContainEqual({ code: 'capacity-fits', wanted: 6, capacity: 8 });
  });

  it('leaves out what is taken, and offers it at the nearest times', async () => {
    const type = await given.aType();
    const [taken] = [await given.aResource({ type, name: 'Taken' }), await given.aResource({ type, name: 'Free' })];
    await given.aReservationOf(taken, { from: at('09:30'), to: at('11:00') });

    const answer = await search({ typeId: type.id, window: morning });

    expect(names(answer)).toEqual(['Free']);
    expect(answer.otherTimes).toMatchObject([
      { resource: { name: 'Taken' }, slots: [{ start: '2026-12-07T08:30:00Z' }, { start: '2026-12-07T11:00:00Z' }, {}] },
    ]);
  });

  it('tells which rule refuses what could be had at no other time either', async () => {
    const type = await given.aType();
    await given.aResource({ type, name: 'Short', policy: { maxDuration: 'PT30M' } });

    const answer = await search({ typeId: type.id, window: morning });

    expect(answer).toMatchObject({ data: [], refused: [{ resource: { name: 'Short' }, violations: [{ rule: 'max-duration' }] }] });
  });

  it('finds the soonest start of that length within the window', async () => {
    const type = await given.aType();
    const [early, late] = [await given.aResource({ type, name: 'Early' }), await given.aResource({ type, name: 'Late' })];
    await given.aReservationOf(early, { from: at('09:00'), to: at('09:15') });
    await given.aReservationOf(late, { from: at('09:00'), to: at('11:30') });

    const answer = await search({ typeId: type.id, window: from('09:00').to('13:00'), minutes: 60, sort: 'earliest' });

    expect(answer.data.map((it) => [it.resource.name, it.start])).toEqual([
      ['Early', '2026-12-07T09:15:00Z'],
      ['Late', '2026-12-07T11:30:00Z'],
    ]);
  });

  it('shows the near ones first among those that fit as well', async () => {
    const type = await given.aType();
    const [here, there] = [await given.aSite({ name: 'Here' }), await given.aSite({ name: 'There' })];
    await given.aResource({ type, name: 'A', site: there });
    await given.aResource({ type, name: 'B', site: here });

    expect(names(await search({ typeId: type.id, window: morning, near: { siteId: here.id } }))).toEqual(['B', 'A']);
  });

  it('goes on where a page ended, and finds nothing twice', async () => {
    const type = await given.aType();
    for (let i = 10; i < 33; i++) {
      const room = await given.aResource({ type, name: `Room ${i}` });
      if (i % 3 === 0) await given.aReservationOf(room, { from: at('09:00'), to: at('10:00') });
    }
    const found: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const after = cursor === undefined ? undefined : (JSON.parse(Buffer.from(cursor, 'base64url').toString()) as string[]);
      const answer = await search({ typeId: type.id, window: morning, limit: 4, after });
      found.push(...names(answer));
      cursor = answer.page.nextCursor;
    }
    expect(found).toEqual(Array.from({ length: 23 }, (_, i) => `Room ${i + 10}`).filter((_, i) => (i + 10) % 3 !== 0));
  });

  it('does not count a hold of one’s own, and counts that of another', async () => {
    const type = await given.aType();
    const room = await given.aResource({ type, name: 'Turing' });
    const [ada, eve] = [await given.aPerson(), await given.aPerson()];
    await on.hold.execute(ada, { resourceIds: [room.id], quantity: 1, ...morning });

    expect(names(await search({ typeId: type.id, window: morning }, ada))).toEqual(['Turing']);
    expect(names(await search({ typeId: type.id, window: morning }, eve))).toEqual([]);
  });
});

/** Small, fast, and the same each time (mulberry32). */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % sides;
  };
}

/** What the oracle knows of a resource: only what the test itself decided. */
interface Model {
  id: string;
  name: string;
  capacity: number;
  units: number;
  before: number;
  after: number;
  opens: number;
  closes: number;
  parts: Model[];
  taken: Interval[];
}

const MINUTE = 60_000;
const leavesOf = (it: Model): Model[] => (it.parts.length > 0 ? it.parts.flatMap(leavesOf) : [it]);

/** By brute force: rules as sentences of the specification, and the units taken counted at each minute that matters. */
function isBookable(it: Model, { start, end }: Interval, quantity: number): boolean {
  const minutes = (end.getTime() - start.getTime()) / MINUTE;
  const clock = (start.getTime() % 86_400_000) / MINUTE;
  if (minutes < 15 || minutes > 1440 || clock % 15 !== 0 || minutes % 15 !== 0) return false;
  if (start < at('08:00') || quantity > it.units) return false;
  if (it.closes < 1440 && (clock < it.opens || clock + minutes > it.closes)) return false;
  const held = { start: start.getTime() - it.before * MINUTE, end: end.getTime() + it.after * MINUTE };
  return leavesOf(it).every((leaf) => {
    const wanted = leaf === it ? quantity : leaf.units;
    const instants = [held.start, ...leaf.taken.map((row) => row.start.getTime())].filter((at) => at >= held.start && at < held.end);
    return instants.every(
      (at) => leaf.taken.filter((row) => row.start.getTime() <= at && at < row.end.getTime()).length + wanted <= leaf.units,
    );
  });
}

describe('the answer of a search', () => {
  const queries = process.env['BERTH_LONG'] ? 10_000 : 200;

  it(`equals that of brute force in ${queries} random searches, and every hit can be booked`, async () => {
    on.clock.set(at('08:00'));
    const roll = dice(7);
    const type = await given.aType();
    const ada = await given.aPerson();
    const all: Model[] = [];
    const add = async (model: Partial<Model>, parent?: Model): Promise<Model> => {
      const it: Model = {
        id: '',
        name: `R${String(all.length).padStart(2, '0')}`,
        capacity: roll(12),
        units: 1,
        before: 0,
        after: 0,
        opens: 0,
        closes: 1440,
        parts: [],
        taken: [],
        ...model,
      };
      const clock = (minutes: number): string =>
        `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
      const days = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, intervals: [{ opens: clock(it.opens), closes: clock(it.closes) }] }));
      const { id } = await given.aResource({
        type,
        parent,
        name: it.name,
        capacity: it.capacity,
        units: it.units,
        timeZone: 'UTC',
        hours: it.closes < 1440 ? ({ days } as never) : undefined,
        policy: { bufferBefore: `PT${it.before}M`, bufferAfter: `PT${it.after}M` },
      });
      all.push(Object.assign(it, { id }));
      parent?.parts.push(it);
      return it;
    };
    for (let i = 0; i < 8; i++) await add({});
    for (let i = 0; i < 4; i++) await add({ before: 15 * roll(3), after: 15 * roll(3) });
    for (let i = 0; i < 4; i++) await add({ opens: 480 + 60 * roll(3), closes: 900 + 60 * roll(4) });
    for (let i = 0; i < 3; i++) await add({ units: 2 + roll(4) });
    const hall = await add({});
    for (let i = 0; i < 3; i++) await add({ units: i === 2 ? 3 : 1 }, hall);

    for (let i = 0; i < 120; i++) {
      const it = all[roll(all.length)]!;
      const start = at('08:00').getTime() + 15 * roll(60) * MINUTE;
      const window = { start: new Date(start), end: new Date(start + 15 * (1 + roll(10)) * MINUTE) };
      const quantity = 1 + roll(it.units);
      if (!isBookable(it, window, quantity)) continue;
      await on.book.execute(ada, { resourceIds: [it.id], quantity, ...window });
      const held = {
        start: new Date(window.start.getTime() - it.before * MINUTE),
        end: new Date(window.end.getTime() + it.after * MINUTE),
      };
      for (const leaf of leavesOf(it)) for (let n = 0; n < (leaf === it ? quantity : leaf.units); n++) leaf.taken.push(held);
    }

    for (let i = 0; i < queries; i++) {
      const start = at('07:30').getTime() + 15 * roll(62) * MINUTE;
      const capacity = roll(2) ? roll(10) : undefined;
      const quantity = roll(5) === 0 ? 2 : 1;
      const minutes = roll(3) === 0 ? 15 * (1 + roll(8)) : undefined;
      const window = { start: new Date(start), end: new Date(start + 15 * (1 + roll(minutes ? 24 : 10)) * MINUTE) };
      const answer = await search({ typeId: type.id, window, capacity, quantity, minutes, limit: 200 }, ada);

      const slotOf = (it: Model): string | undefined => {
        const length = (minutes ?? (window.end.getTime() - window.start.getTime()) / MINUTE) * MINUTE;
        for (let from = window.start.getTime(); from + length <= window.end.getTime(); from += 5 * MINUTE) {
          const slot = { start: new Date(from), end: new Date(from + length) };
          if (isBookable(it, slot, quantity)) return slot.start.toISOString().replace('.000Z', 'Z');
        }
        return undefined;
      };
      const expected = all
        .filter((it) => capacity === undefined || it.capacity >= capacity)
        .sort((a, b) => (capacity === undefined ? 0 : a.capacity - b.capacity) || (a.name < b.name ? -1 : 1))
        .flatMap((it) => (slotOf(it) ? [[it.name, slotOf(it)]] : []));
      expect({ i, found: answer.data.map((it) => [it.resource.name, it.start]) }).toEqual({ i, found: expected });

      const hit = answer.data[roll(Math.max(1, answer.data.length))];
      if (hit) await on.book.tryOut(ada, { resourceIds: [hit.resource.id], quantity, start: new Date(hit.start), end: new Date(hit.end) });
    }
  }, 3_600_000);
});

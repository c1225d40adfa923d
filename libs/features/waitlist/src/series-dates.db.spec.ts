import type { Actor } from '@berth/platform/auth';
import { useDatabase } from '@berth/platform/testing';
import { at, reservationsGiven } from '@berth/reservations/testing';
import { waitlistOn } from './testing';

const db = useDatabase();
const given = reservationsGiven(db);
const list = waitlistOn(db);
const { on } = list;

const second = { start: at('09:00', 14), end: at('10:00', 14) };
type Decided = Parameters<typeof on.series.book.execute>[1]['resolutions'][number];
const weekly = (resource: { id: string }, resolutions: readonly Decided[], resourceIds = [resource.id]) => ({
  wish: { resourceIds, quantity: 1, title: 'Sync', start: at('09:00'), end: at('10:00') },
  rrule: 'FREQ=WEEKLY;COUNT=4',
  exdates: [],
  rdates: [],
  onConflict: 'fail' as const,
  resolutions,
});
const waits = (more: Partial<Decided> = {}): Decided[] => [{ recurrenceId: second.start, use: 'waitlist', ...more }];
const round = () => list.worker().round();
const entryOf = async (ada: Actor): Promise<{ id: string; status: string }> =>
  (await list.queries.mine(ada, undefined, { limit: 50 })).data[0]!;

/** A room whose second Monday is taken, and who has it. */
async function aTakenMonday() {
  const [room, rival, ada] = [await given.aResource(), await given.aPerson(), await given.aPerson()];
  const budget = await on.book.execute(rival, { resourceIds: [room.id], quantity: 1, title: 'Budget', ...second });
  return { room, rival, ada, free: () => on.cancel.execute(rival, { id: budget.id, undoSeconds: 0 }) };
}

describe('A date of a series that is waited for', () => {
  beforeEach(() => on.clock.set(at('08:00')));

  it('is named in the preview as what can be done, and joined with the booking of the others', async () => {
    const { room, ada } = await aTakenMonday();

    const before = await on.series.check.execute(ada, weekly(room, []));
    const decided = await on.series.check.execute(ada, weekly(room, waits()));
    const { series, occurrences } = await on.series.book.execute(ada, weekly(room, waits()));

    expect(before.occurrences[1]).toMatchObject({ verdict: 'conflict', resolutions: expect.arrayContaining(['waitlist', 'skip']) });
    expect([before.bookable, decided.bookable, decided.occurrences[1]!.verdict]).toEqual([false, true, 'waiting']);
    expect(occurrences.map((it) => it.status)).toEqual(['confirmed', 'skipped', 'confirmed', 'confirmed']);
    const entry = await entryOf(ada);
    expect(entry).toMatchObject({
      status: 'waiting',
      seriesId: series.id,
      recurrenceId: '2026-12-14T09:00:00Z',
      resourceId: room.id,
      title: 'Sync',
    });
    expect(occurrences.map((it) => it.waitlistEntryId)).toEqual([null, entry.id, null, null]);
    expect(await given.eventsOf(entry)).toEqual(['waitlist.joined']);
  });

  it('is filled when the offer is accepted, not booked beside the series', async () => {
    const { room, ada, free } = await aTakenMonday();
    const { series, occurrences } = await on.series.book.execute(ada, weekly(room, waits()));
    await free();
    await round();
    const entry = await entryOf(ada);
    expect(entry.status).toBe('offered');

    const accepted = await list.answer.accept(ada, entry.id);

    expect(accepted).toMatchObject({ status: 'accepted', reservationId: occurrences[1]!.id, offer: null });
    const filled = (await on.series.queries.one(ada, series.id)).occurrences;
    expect(filled.map((it) => [it.id, it.status])).toEqual(occurrences.map((it) => [it.id, 'confirmed']));
    expect(await given.occupancyOf(room)).toEqual([
      '1 07 09:00–07 10:00',
      '1 14 09:00–14 10:00',
      '1 21 09:00–21 10:00',
      '1 28 09:00–28 10:00',
    ]);
    expect(await given.eventsOf(entry)).toEqual(['waitlist.joined', 'waitlist.offered', 'waitlist.accepted']);
    expect(await list.answer.accept(ada, entry.id)).toMatchObject({ status: 'accepted' });
  });

  it('is filled by itself where that was wished', async () => {
    const { room, ada, free } = await aTakenMonday();
    const { series } = await on.series.book.execute(ada, weekly(room, waits({ autoAccept: true })));

    await free();
    await round();

    const { occurrences } = await on.series.queries.one(ada, series.id);
    expect(occurrences.map((it) => it.status)).toEqual(Array(4).fill('confirmed'));
    expect(await entryOf(ada)).toMatchObject({ status: 'accepted', reservationId: occurrences[1]!.id });
    expect(await on.queries.one(ada, occurrences[1]!.id)).toMatchObject({ seriesId: series.id, title: 'Sync', mine: true });
  });

  it('is got as well by filling it by hand, over the offer or before it', async () => {
    for (const isOffered of [true, false]) {
      const { room, ada, free } = await aTakenMonday();
      const { series, occurrences } = await on.series.book.execute(ada, weekly(room, waits()));
      await free();
      if (isOffered) await round();

      await on.series.fill.execute(ada, { id: series.id, recurrenceId: second.start });
      await round();

      expect(await entryOf(ada)).toMatchObject({ status: 'accepted', reservationId: occurrences[1]!.id });
      expect(await given.occupancyOf(room)).toHaveLength(4);
    }
  });

  it('is waited for no longer when the series is cancelled from there on, and its offer is let go', async () => {
    for (const isOffered of [true, false]) {
      const { room, ada, free } = await aTakenMonday();
      const { series } = await on.series.book.execute(ada, weekly(room, waits()));
      await free();
      if (isOffered) await round();

      await on.series.cancel.execute(ada, { id: series.id, scope: 'following', recurrenceId: second.start });
      await round();

      expect(await entryOf(ada)).toMatchObject({ status: 'left', offer: null });
      expect(await given.occupancyOf(room)).toEqual(['1 07 09:00–07 10:00']);
    }
  });

  it('is waited for at its new time when the series is moved', async () => {
    const { room, ada } = await aTakenMonday();
    const { series } = await on.series.book.execute(ada, weekly(room, waits()));

    await on.series.change.execute(ada, {
      ...{ id: series.id, scope: 'all', details: {}, onConflict: 'fail' },
      ...{ start: at('11:00'), end: at('12:00') },
    });

    expect(await entryOf(ada)).toMatchObject({ status: 'waiting', start: '2026-12-14T11:00:00Z', recurrenceId: '2026-12-14T11:00:00Z' });
    await list.worker().serve.sweep();
    expect(await entryOf(ada)).toMatchObject({ status: 'offered', offer: { start: '2026-12-14T11:00:00Z' } });
  });

  it('keeps the whole series from being booked when it cannot be waited for', async () => {
    const { room, ada } = await aTakenMonday();
    await list.join.execute(ada, { resourceIds: [room.id], ...second, flexMinutes: 0, quantity: 1, autoAccept: false, priority: 0 });

    await expect(on.series.book.execute(ada, weekly(room, waits()))).rejects.toMatchObject({ code: 'already-exists' });

    expect(await given.occupancyOf(room)).toEqual(['1 14 09:00–14 10:00']);
    expect(await db.asOwner('select from series where organizer_id = $1', [ada.accountId])).toEqual([]);
  });

  it('is waited for with all resources of the series, and filled with all of them', async () => {
    const { room, rival, ada, free } = await aTakenMonday();
    const screen = await given.aResource();
    const kept = await on.book.execute(rival, { resourceIds: [screen.id], quantity: 1, title: 'Film', ...second });
    const { series } = await on.series.book.execute(ada, weekly(room, waits(), [room.id, screen.id]));

    await free();
    await round();
    expect(await entryOf(ada)).toMatchObject({ status: 'waiting' });
    await on.cancel.execute(rival, { id: kept.id, undoSeconds: 0 });
    await round();
    await list.answer.accept(ada, (await entryOf(ada)).id);

    const { occurrences } = await on.series.queries.one(ada, series.id);
    expect(occurrences.map((it) => it.status)).toEqual(Array(4).fill('confirmed'));
    expect(occurrences.map((it) => it.resourceIds)).toEqual(Array(4).fill([room.id, screen.id].sort()));
  });

  it('is offered to the organizer where somebody else booked the series', async () => {
    const { room, ada, free } = await aTakenMonday();
    const assistant = await given.aPerson('admin');
    const series = weekly(room, waits());
    const booked = await on.series.book.execute(assistant, { ...series, wish: { ...series.wish, onBehalfOf: ada.accountId } });
    await free();
    await round();

    await list.answer.accept(ada, (await entryOf(ada)).id);

    const { occurrences } = await on.series.queries.one(ada, booked.series.id);
    expect(occurrences.map((it) => it.status)).toEqual(Array(4).fill('confirmed'));
  });
});

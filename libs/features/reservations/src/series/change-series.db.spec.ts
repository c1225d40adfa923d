import { useDatabase } from '@berth/platform/testing';
import { at, reservationsGiven, reservationsOn } from '../testing';
import type { SeriesWish } from './series-wish';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);

const MONDAYS = [7, 14, 21, 28].map((day) => at('09:00', day));
const weekly = (resource: { id: string }, others: Partial<SeriesWish> = {}): SeriesWish => ({
  wish: { resourceIds: [resource.id], quantity: 1, title: 'Sync', start: at('09:00'), end: at('10:00') },
  rrule: 'FREQ=WEEKLY;COUNT=4',
  exdates: [],
  rdates: [],
  onConflict: 'fail',
  resolutions: [],
  ...others,
});
const single = (resource: { id: string }, start: Date) => ({
  resourceIds: [resource.id],
  quantity: 1,
  title: 'Budget',
  start,
  end: new Date(start.getTime() + 3_600_000),
});
const statuses = (it: { occurrences: readonly { status: string }[] }) => it.occurrences.map((one) => one.status);
const starts = (it: { occurrences: readonly { start: string }[] }) => it.occurrences.map((one) => one.start.slice(8, 16));
const ids = (it: { occurrences: readonly { id: string }[] }) => it.occurrences.map((one) => one.id);
const change = { details: {}, onConflict: 'fail' } as const;

beforeEach(() => on.clock.set(at('08:00')));

describe('JoinSeries', () => {
  it('puts together what a change of this and following parted, when that is taken back', async () => {
    const [resource, ada] = [await given.aResource(), await given.aPerson()];
    const booked = await on.series.book.execute(ada, weekly(resource));
    const at = (hour: number) => ({
      start: new Date(MONDAYS[2]!.getTime() + hour * 3_600_000),
      end: new Date(MONDAYS[2]!.getTime() + (hour + 1) * 3_600_000),
    });
    const parted = await on.series.change.execute(ada, {
      ...change,
      id: booked.series.id,
      scope: 'following',
      recurrenceId: MONDAYS[2],
      ...at(2),
    });
    expect(parted.series.id).not.toBe(booked.series.id);
    await expect(on.series.join.execute(ada, parted.series.id)).rejects.toMatchObject({ code: 'invalid-state' });
    await on.series.change.execute(ada, { ...change, id: parted.series.id, scope: 'all', ...at(0) });

    const whole = await on.series.join.execute(ada, parted.series.id);

    expect(whole.series).toMatchObject({ id: booked.series.id, rrule: booked.series.rrule });
    expect([ids(whole), starts(whole), statuses(whole)]).toEqual([ids(booked), starts(booked), statuses(booked)]);
    await expect(on.series.join.execute(ada, parted.series.id)).rejects.toMatchObject({ code: 'not-found' });
    await expect(on.series.join.execute(ada, booked.series.id)).rejects.toMatchObject({ code: 'invalid-state' });
    const last = { ...change, id: booked.series.id, scope: 'following' as const, recurrenceId: MONDAYS[3], details: { title: 'Other' } };
    expect(statuses(await on.series.change.execute(ada, last))).toEqual(['confirmed']);
  });

  it('is for who may change both, and refuses two that are about different things', async () => {
    const [resource, ada] = [await given.aResource(), await given.aPerson()];
    const { series } = await on.series.book.execute(ada, weekly(resource));
    const renamed = { ...change, id: series.id, scope: 'following' as const, recurrenceId: MONDAYS[1], details: { title: 'Other' } };
    const { series: part } = await on.series.change.execute(ada, renamed);

    await expect(on.series.join.execute(ada, part.id)).rejects.toMatchObject({ code: 'invalid-state' });
    await expect(on.series.join.execute(await given.aPerson(), part.id)).rejects.toBeDefined();
  });
});

describe('CancelSeries', () => {
  it('cancels one occurrence and leaves the others', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const { series } = await on.series.book.execute(ada, weekly(resource));

    const left = await on.series.cancel.execute(ada, { id: series.id, scope: 'this', recurrenceId: MONDAYS[1] });

    expect(statuses(left)).toEqual(['confirmed', 'cancelled', 'confirmed', 'confirmed']);
    expect(await given.occupancyOf(resource)).toHaveLength(3);
  });

  it('cancels an occurrence and those after it, and ends the series before', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const { series, occurrences } = await on.series.book.execute(ada, weekly(resource));

    const left = await on.series.cancel.execute(ada, { id: series.id, scope: 'following', recurrenceId: MONDAYS[2], reason: 'Moved' });

    expect(statuses(left)).toEqual(['confirmed', 'confirmed', 'cancelled', 'cancelled']);
    expect(left.series).toMatchObject({ rrule: 'FREQ=WEEKLY;UNTIL=20261221T085959Z', cancelledAt: null, version: 2 });
    expect(await given.eventsOf(series)).toEqual(['series.created', 'series.cancelled']);
    expect(await given.eventsOf(occurrences[3]!)).toEqual(['reservation.created', 'reservation.cancelled']);
    expect(await given.occupancyOf(resource)).toHaveLength(2);
  });

  it('cancels all that is not over, and what is running', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const { series } = await on.series.book.execute(ada, weekly(resource));
    on.clock.set(at('09:30', 14));

    const left = await on.series.cancel.execute(ada, { id: series.id, scope: 'all' });

    expect(statuses(left)).toEqual(['confirmed', 'cancelled', 'cancelled', 'cancelled']);
    expect(left.series.cancelledAt).not.toBeNull();
    expect(statuses(await on.series.cancel.execute(ada, { id: series.id, scope: 'all' }))).toEqual(statuses(left));
  });

  it('is for its organizer and those who manage', async () => {
    const { series } = await on.series.book.execute(await given.aPerson(), weekly(await given.aResource()));

    await expect(on.series.cancel.execute(await given.aPerson(), { id: series.id, scope: 'all' })).rejects.toMatchObject({
      code: 'permission-denied',
    });
    await expect(on.series.cancel.execute(await given.aPerson('admin'), { id: series.id, scope: 'following' })).rejects.toMatchObject({
      code: 'validation-failed',
    });
    expect(statuses(await on.series.cancel.execute(await given.aPerson('admin'), { id: series.id, scope: 'all' }))).toContain('cancelled');
  });
});

describe('ChangeSeries', () => {
  it('moves all that is to come by the clock and keeps their identity', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const booked = await on.series.book.execute(ada, weekly(resource));
    on.clock.set(at('12:00', 8));

    const changed = await on.series.change.execute(ada, {
      id: booked.series.id,
      scope: 'all',
      ...change,
      recurrenceId: MONDAYS[1],
      start: at('14:00', 15),
      end: at('15:30', 15),
    });

    expect(starts(changed)).toEqual(['07T09:00', '15T14:00', '22T14:00', '29T14:00']);
    expect(ids(changed)).toEqual(ids(booked));
    expect(changed.occurrences.map((it) => it.recurrenceId.slice(8, 16))).toEqual(['07T09:00', '15T14:00', '22T14:00', '29T14:00']);
    expect(changed.occurrences[1]).toMatchObject({ end: '2026-12-15T15:30:00Z', version: 2 });
    expect(await given.eventsOf(booked.occurrences[1]!)).toEqual(['reservation.created', 'reservation.moved']);
    expect(await given.eventsOf(booked.occurrences[0]!)).toEqual(['reservation.created']);
    expect(await given.occupancyOf(resource)).toEqual([
      '1 07 09:00–07 10:00',
      '1 15 14:00–15 15:30',
      '1 22 14:00–22 15:30',
      '1 29 14:00–29 15:30',
    ]);
  });

  it('may shift every occurrence onto the place of the next', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const booked = await on.series.book.execute(ada, weekly(resource));

    const changed = await on.series.change.execute(ada, {
      id: booked.series.id,
      scope: 'all',
      ...change,
      start: at('09:00', 14),
      end: at('10:00', 14),
    });

    expect(
      changed.occurrences
        .map((it) => it.start.slice(5, 10))
        .filter((_, i) => changed.occurrences[i]?.status === 'confirmed')
        .sort(),
    ).toEqual(['01-04', '12-14', '12-21', '12-28']);
    expect(await given.occupancyOf(resource)).toHaveLength(4);
  });

  it('parts the series where only this and those after it change', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const booked = await on.series.book.execute(ada, weekly(resource));

    const after = await on.series.change.execute(ada, {
      id: booked.series.id,
      scope: 'following',
      ...change,
      recurrenceId: MONDAYS[2],
      start: at('11:00', 21),
      end: at('12:00', 21),
      details: { title: 'Planning' },
    });

    expect(after.series).toMatchObject({ title: 'Planning', rrule: 'FREQ=WEEKLY;COUNT=2' });
    expect(after.series.id).not.toBe(booked.series.id);
    expect(ids(after)).toEqual(ids(booked).slice(2));
    expect(starts(after)).toEqual(['21T11:00', '28T11:00']);
    const before = await on.series.queries.one(ada, booked.series.id);
    expect(ids(before)).toEqual(ids(booked).slice(0, 2));
    expect(before).toMatchObject({ title: 'Sync', rrule: 'FREQ=WEEKLY;UNTIL=20261221T085959Z', version: 2 });
  });

  it('changes details without asking for the time again', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const booked = await on.series.book.execute(ada, weekly(resource));
    await db.asOwner(`update resource set policy = '{"maxDuration":"PT30M"}', version = version + 1 where id = $1`, [resource.id]);

    await on.series.change.execute(ada, { id: booked.series.id, scope: 'all', ...change, details: { title: 'Planning', attendees: 4 } });

    expect(await on.queries.one(ada, booked.occurrences[3]!.id)).toMatchObject({ title: 'Planning', attendees: 4, version: 2 });
    expect(await given.eventsOf(booked.occurrences[3]!)).toEqual(['reservation.created', 'reservation.updated']);
  });

  it('changes nothing where one occurrence finds no room', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const booked = await on.series.book.execute(ada, weekly(resource));
    await on.book.execute(await given.aPerson(), single(resource, at('14:00', 21)));
    const moved = { id: booked.series.id, scope: 'all', ...change, start: at('14:00', 7), end: at('15:00', 7) } as const;

    await expect(on.series.change.execute(ada, moved)).rejects.toMatchObject({
      code: 'reservation-conflict',
      extensions: { conflicts: [{ recurrenceId: '2026-12-21T14:00:00Z', title: 'Budget' }] },
    });
    expect(starts(await on.series.queries.one(ada, booked.series.id))).toEqual(starts(booked));

    const skipping = await on.series.change.execute(ada, { ...moved, onConflict: 'skip' });
    expect(statuses(skipping)).toEqual(['confirmed', 'confirmed', 'skipped', 'confirmed']);
    expect(await given.occupancyOf(resource)).toHaveLength(4);
  });

  it('takes a new rule: dates that stay are kept, others go and come', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const booked = await on.series.book.execute(ada, weekly(resource));

    const changed = await on.series.change.execute(ada, {
      id: booked.series.id,
      scope: 'all',
      ...change,
      rrule: 'FREQ=WEEKLY;INTERVAL=2;COUNT=2',
    });

    const alive = changed.occurrences.filter((it) => it.status === 'confirmed');
    expect(alive.map((it) => it.start.slice(8, 10))).toEqual(['07', '21']);
    expect(alive.map((it) => it.id)).toEqual([booked.occurrences[0]!.id, booked.occurrences[2]!.id]);
    expect(await given.eventsOf(booked.occurrences[1]!)).toEqual(['reservation.created', 'reservation.cancelled']);
  });

  it('refuses what was changed in the meantime, and what is cancelled', async () => {
    const ada = await given.aPerson();
    const { series } = await on.series.book.execute(ada, weekly(await given.aResource()));

    await expect(on.series.change.execute(ada, { id: series.id, scope: 'all', ...change, ifMatch: 7 })).rejects.toMatchObject({
      code: 'precondition-failed',
    });
    await on.series.cancel.execute(ada, { id: series.id, scope: 'all' });
    await expect(on.series.change.execute(ada, { id: series.id, scope: 'all', ...change })).rejects.toMatchObject({
      code: 'invalid-state',
    });
  });
});

describe('FillOccurrence', () => {
  it('books what was skipped once it is free, as the reservation it was kept as', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const other = await on.book.execute(await given.aPerson(), single(resource, MONDAYS[1]!));
    const booked = await on.series.book.execute(ada, weekly(resource, { onConflict: 'skip' }));
    const fill = { id: booked.series.id, recurrenceId: MONDAYS[1]! };
    await expect(on.series.fill.execute(ada, fill)).rejects.toMatchObject({ code: 'reservation-conflict' });
    await on.cancel.execute({ ...ada, role: 'admin' }, { id: other.id, undoSeconds: 0 });

    const filled = await on.series.fill.execute(ada, fill);

    expect(statuses(filled)).toEqual(['confirmed', 'confirmed', 'confirmed', 'confirmed']);
    expect(ids(filled)).toEqual(ids(booked));
    expect(await given.eventsOf(booked.occurrences[1]!)).toEqual(['reservation.created']);
    await expect(on.series.fill.execute(ada, fill)).rejects.toMatchObject({ code: 'invalid-state' });
  });
});

describe('SeriesExtender', () => {
  const endless = { rrule: 'FREQ=WEEKLY' };

  it('books what comes into reach, once, however many work at it', async () => {
    const resource = await given.aResource({ policy: { horizon: 'P30D' } });
    const ada = await given.aPerson();
    const { series } = await on.series.book.execute(ada, weekly(resource, endless));
    on.clock.set(at('08:00', 22));

    const counts = await Promise.all([on.series.extender.run(), on.series.extender.run(), on.series.extender.run()]);

    expect(counts.reduce((sum, it) => sum + it, 0)).toBe(2);
    const extended = await on.series.queries.one(ada, series.id);
    expect(extended.occurrences).toHaveLength(7);
    expect(extended.materialisedUntil).toBe('2027-01-21T08:00:00Z');
    expect(await on.series.extender.run()).toBe(0);
  });

  it('loses nothing while it is away, and tells of what it could not have', async () => {
    const resource = await given.aResource({ policy: { horizon: 'P10D' } });
    const ada = await given.aPerson();
    const { series } = await on.series.book.execute(ada, weekly(resource, endless));
    on.clock.set(at('08:00', 22));
    await on.book.execute(await given.aPerson(), single(resource, at('09:00', 28)));

    await on.series.extender.run();

    const extended = await on.series.queries.one(ada, series.id);
    // The 21st passed while nobody worked: it cannot be booked any more, and is told.
    expect(extended.occurrences.map((it) => [it.start.slice(8, 10), it.status])).toEqual([
      ['07', 'confirmed'],
      ['14', 'confirmed'],
      ['21', 'skipped'],
      ['28', 'skipped'],
    ]);
    const events = await db.asOwner<{ data: { skipped: { reason: string }[] } }>(
      `select data from event where subject_id = $1 and type = 'series.updated'`,
      [series.id],
    );
    expect(events.map((it) => it.data.skipped.map((one) => one.reason))).toEqual([['refused', 'taken']]);
  });

  it('leaves a series alone that was cancelled', async () => {
    const resource = await given.aResource({ policy: { horizon: 'P10D' } });
    const ada = await given.aPerson();
    const { series } = await on.series.book.execute(ada, weekly(resource, endless));
    await on.series.cancel.execute(ada, { id: series.id, scope: 'all' });
    on.clock.set(at('08:00', 22));

    expect(await on.series.extender.run()).toBe(0);
  });
});

describe('A series that needs approval', () => {
  it('holds its time and asks for each occurrence', async () => {
    const resource = await given.aResource({ policy: { approval: { mode: 'required', deadline: 'P2D', approvers: [] } } });
    const ada = await given.aPerson();

    const booked = await on.series.book.execute(ada, weekly(resource));

    expect(statuses(booked)).toEqual(Array(4).fill('pending'));
    const asked = await db.asOwner('select from approval_request where reservation_id = any($1)', [ids(booked)]);
    expect(asked).toHaveLength(4);
    await on.series.cancel.execute(ada, { id: booked.series.id, scope: 'all' });
    expect(await db.asOwner(`select from approval_request where reservation_id = any($1) and status = 'waiting'`, [ids(booked)])).toEqual(
      [],
    );
  });
});

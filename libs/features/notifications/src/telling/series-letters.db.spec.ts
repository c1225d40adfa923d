import { newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { useDatabase } from '@berth/platform/testing';
import { at, reservationsGiven } from '@berth/reservations/testing';
import { calendarIn, notificationsOn } from '../testing';

const db = useDatabase();
const given = reservationsGiven(db);
const told = notificationsOn(db);
const { on } = told;

/** Each act is a request of its own, as over HTTP. */
const as = (actor: Actor): Actor => ({ ...actor, requestId: newId() });
/** Calendars of the letters that arrived since the last look. */
async function calendars() {
  await told.told();
  return told.sink.received.splice(0).map((it) => calendarIn(it.source));
}
/** Dates the engine has booked, as a calendar is to show them. */
async function booked(seriesId: string): Promise<string[]> {
  const rows = await db.asOwner<{ starts_at: Date; ends_at: Date }>(
    `select starts_at, ends_at from reservation where series_id = $1 and status = 'confirmed' order by starts_at`,
    [seriesId],
  );
  return rows.map((it) => `${it.starts_at.toISOString()}/${it.ends_at.toISOString()}`);
}
const weekly = (resource: { id: string }) => ({
  wish: { resourceIds: [resource.id], quantity: 1, title: 'Sync', start: at('09:00'), end: at('10:00'), timeZone: 'Europe/Paris' },
  ...{ rrule: 'FREQ=WEEKLY;COUNT=4', exdates: [], rdates: [], onConflict: 'skip' as const, resolutions: [] },
});
const change = { details: {}, onConflict: 'fail' as const };

describe('Letters about a series', () => {
  async function aSeries() {
    const [ada, rival, room] = [await given.aPerson(), await given.aPerson(), await given.aResource({ name: 'Noether' })];
    const taken = { resourceIds: [room.id], quantity: 1, start: at('09:30', 14), end: at('10:30', 14) };
    await on.book.execute(as(rival), taken);
    await calendars();
    const { series } = await on.series.book.execute(as(ada), weekly(room));
    return { ada, id: series.id };
  }

  it('invite to the dates that were booked, and to no others', async () => {
    const { id } = await aSeries();
    const [invitation, ...more] = await calendars();

    expect(more).toEqual([]);
    expect(invitation).toMatchObject({ uid: id, method: 'REQUEST', dates: await booked(id) });
    expect(invitation?.dates).toHaveLength(3);
  });

  it('follow each change with one identity and a sequence that grows', async () => {
    const { ada, id } = await aSeries();
    const seen = await calendars();

    const [date] = await db.asOwner<{ id: string }>('select id from reservation where series_id = $1 and recurrence_id = $2', [
      id,
      at('09:00', 21),
    ]);
    await on.move.execute(as(ada), { id: date!.id, start: at('15:00', 21), end: at('16:00', 21) });
    seen.push(...(await calendars()));
    expect(seen.at(-1)?.dates).toEqual(await booked(id));

    await on.series.cancel.execute(as(ada), { id, scope: 'this', recurrenceId: at('09:00', 28) });
    const [gone] = await calendars();
    expect(gone).toMatchObject({ uid: id, method: 'CANCEL', dates: ['2026-12-28T09:00:00.000Z/2026-12-28T10:00:00.000Z'] });
    seen.push(gone!);

    await on.series.change.execute(as(ada), { id, scope: 'all', ...change, details: { title: 'Planning' } });
    seen.push(...(await calendars()));
    expect(seen.at(-1)).toMatchObject({ method: 'REQUEST', dates: await booked(id) });

    await on.series.cancel.execute(as(ada), { id, scope: 'all' });
    seen.push(...(await calendars()));
    expect(seen.at(-1)).toMatchObject({ uid: id, method: 'CANCEL' });

    expect(new Set(seen.map((it) => it?.uid))).toEqual(new Set([id]));
    const sequences = seen.map((it) => it?.sequence ?? -1);
    expect(sequences).toHaveLength(5);
    expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
  });

  it('shorten it where it ends earlier', async () => {
    const { ada, id } = await aSeries();
    await calendars();
    await on.series.cancel.execute(as(ada), { id, scope: 'following', recurrenceId: at('09:00', 21) });

    const [shorter] = await calendars();
    expect(shorter).toMatchObject({ uid: id, method: 'REQUEST', dates: await booked(id) });
    expect(shorter?.dates).toHaveLength(1);
  });

  it('are two where it is parted, and two where that is taken back; the screen tells one', async () => {
    const { ada, id } = await aSeries();
    const admin = await given.aPerson('admin');
    await calendars();
    const following = { recurrenceId: at('09:00', 21), details: { title: 'Planning' } };
    const { series: part } = await on.series.change.execute(as(admin), { id, scope: 'following', ...change, ...following });

    const parted = await calendars();
    expect(parted).toHaveLength(2);
    expect(new Map(parted.map((it) => [it?.uid, it?.dates]))).toEqual(
      new Map([
        [part.id, await booked(part.id)],
        [id, await booked(id)],
      ]),
    );
    expect(await told.seenBy(ada)).toMatchObject([{ kind: 'booking-changed', subject: { kind: 'series', id: part.id } }]);

    await on.series.change.execute(as(admin), { id: part.id, scope: 'all', ...change, details: { title: 'Sync' } });
    await calendars();
    await on.series.join.execute(as(admin), part.id);
    const joined = await calendars();
    expect(new Map(joined.map((it) => [it?.uid, it?.method]))).toEqual(
      new Map([
        [id, 'REQUEST'],
        [part.id, 'CANCEL'],
      ]),
    );
    expect(joined.find((it) => it?.uid === id)?.dates).toEqual(await booked(id));
  });
});

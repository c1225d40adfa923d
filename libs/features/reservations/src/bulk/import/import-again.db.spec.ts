import type { Actor } from '@berth/platform/auth';
import { useDatabase } from '@berth/platform/testing';
import { at, from, reservationsGiven, reservationsOn } from '../../testing';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);

const event = (uid: string, start: string, end: string, ...more: string[]) => [
  ...['BEGIN:VEVENT', `UID:${uid}`, `DTSTART:20261207T${start}00Z`, `DTEND:20261207T${end}00Z`, ...more, 'END:VEVENT'],
];
const daily = (start: string, end: string) => event('standup', start, end, 'SUMMARY:Stand-up', 'RRULE:FREQ=DAILY;COUNT=3');

/** Brings the same calendar of a room in again and again. */
async function aCalendarOf(units = 1) {
  const [ada, room] = [await given.aPerson(), await given.aResource({ units })];
  const importing = async (events: readonly string[][], more: { dryRun?: boolean; onError?: 'skip' | 'fail'; actor?: Actor } = {}) => {
    const { actor = ada, dryRun = false, onError = 'skip' as const } = more;
    const bytes = Buffer.from(['BEGIN:VCALENDAR', ...events.flat(), 'END:VCALENDAR'].join('\r\n'));
    const answer = await on.bulk.import.execute(actor, {
      ...{ bytes, dryRun, onError, resourceId: room.id, language: 'en', patience: Infinity },
    });
    if ('state' in answer) throw new Error('was handed to a job');
    return answer;
  };
  const actions = async (...[events, more]: Parameters<typeof importing>) => (await importing(events, more)).rows.map((it) => it.action);
  return { ada, room, importing, actions };
}

beforeEach(() => on.clock.set(at('08:00')));

describe('Importing a calendar again', () => {
  it('changes nothing where nothing is other than before, and says so in the trial', async () => {
    const { room, actions } = await aCalendarOf();
    const events = [event('review', '0900', '1000'), daily('1400', '1430')];
    expect(await actions(events)).toEqual(['create', 'create']);
    const before = await given.occupancyOf(room);

    expect(await actions(events, { dryRun: true })).toEqual(['unchanged', 'unchanged']);
    expect(await actions(events)).toEqual(['unchanged', 'unchanged']);
    expect(await actions(events, { onError: 'fail' })).toEqual(['unchanged', 'unchanged']);

    expect(before).toHaveLength(4);
    expect(await given.occupancyOf(room)).toEqual(before);
  });

  it('changes what an event became to what it says by now, and keeps what it is', async () => {
    const { ada, room, importing, actions } = await aCalendarOf();
    const [first, series] = (await importing([event('review', '0900', '1000', 'SUMMARY:Review'), daily('1400', '1430')])).rows;
    const later = [event('review', '1100', '1230', 'SUMMARY:Retro'), daily('1500', '1530')];

    expect(await actions(later, { dryRun: true })).toEqual(['update', 'update']);
    const changed = await importing(later);

    expect(changed.rows).toMatchObject([
      { action: 'update', id: first!.id },
      { action: 'update', seriesId: series!.seriesId },
    ]);
    expect([changed.created, changed.updated]).toEqual([0, 2]);
    expect(await on.queries.one(ada, first!.id!)).toMatchObject({
      start: '2026-12-07T11:00:00Z',
      end: '2026-12-07T12:30:00Z',
      title: 'Retro',
    });
    const days = ['07', '08', '09'].map((day) => `1 ${day} 15:00–${day} 15:30`);
    expect(await given.occupancyOf(room)).toEqual(['1 07 11:00–07 12:30', ...days]);
    expect(await actions(later)).toEqual(['unchanged', 'unchanged']);
  });

  it('refuses what cannot follow, and leaves what it became where it was', async () => {
    const { room, importing, actions } = await aCalendarOf();
    await importing([event('review', '0900', '1000')]);
    await on.book.execute(await given.aPerson(), { resourceIds: [room.id], quantity: 1, ...from('11:00').to('12:00') });
    const taken = [event('review', '1130', '1230')];

    expect((await importing(taken, { dryRun: true })).failed).toMatchObject([{ code: 'reservation-conflict' }]);
    expect((await importing(taken)).failed).toMatchObject([{ code: 'reservation-conflict' }]);
    await expect(importing([event('review', '1300', '1400')], { onError: 'fail' })).rejects.toMatchObject({
      extensions: { failed: [{ code: 'invalid-state' }] },
    });

    expect(await given.occupancyOf(room)).toEqual(['1 07 09:00–07 10:00', '1 07 11:00–07 12:00']);
    expect(await actions([event('review', '0900', '1000')])).toEqual(['unchanged']);
  });

  it('brings in anew what was cancelled here, and is one thing for each person', async () => {
    const { ada, room, importing, actions } = await aCalendarOf(2);
    const events = [event('review', '0900', '1000')];
    const [first] = (await importing(events)).rows;
    expect(await actions(events, { actor: await given.aPerson() })).toEqual(['create']);
    await on.cancel.execute(ada, { id: first!.id!, undoSeconds: 0 });

    expect(await actions(events)).toEqual(['create']);
    expect(await actions(events)).toEqual(['unchanged']);
    expect(await given.occupancyOf(room)).toHaveLength(2);
  });

  it('doubles nothing where two imports of one file meet', async () => {
    const { room, actions } = await aCalendarOf(5);
    const events = [event('review', '0900', '1000'), event('retro', '1100', '1200'), daily('1400', '1430')];

    const all = await Promise.all([actions(events), actions(events), actions(events)]);

    for (const i of [0, 1, 2]) expect(all.filter((it) => it[i] === 'create')).toHaveLength(1);
    expect(await given.occupancyOf(room)).toHaveLength(5);
  });
});

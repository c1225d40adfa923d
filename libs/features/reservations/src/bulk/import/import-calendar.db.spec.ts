import { useDatabase } from '@berth/platform/testing';
import { at, from, reservationsGiven, reservationsOn } from '../../testing';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);
const event = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'];
const calendar = (...events: string[][]) => Buffer.from(['BEGIN:VCALENDAR', 'VERSION:2.0', ...events.flat(), 'END:VCALENDAR'].join('\r\n'));
const importing = async (actor: Awaited<ReturnType<typeof given.aPerson>>, bytes: Buffer, more: object = {}) => {
  const command = { bytes, dryRun: false, onError: 'skip' as const, language: 'en', patience: Infinity, ...more };
  const answer = await on.bulk.import.execute(actor, command);
  if ('state' in answer) throw new Error('was handed to a job');
  return answer;
};

beforeEach(() => on.clock.set(at('08:00')));

describe('Importing a calendar', () => {
  it('takes times in a zone, in UTC, without a zone, as a length and as days', async () => {
    const room = await given.aResource({ externalId: 'R-1', timeZone: 'Europe/Paris' });
    const at1 = (...lines: string[]) => event('LOCATION:R-1', ...lines);
    const file = calendar(
      at1('DTSTART;TZID=Europe/London:20261207T090000', 'DTEND;TZID=Europe/London:20261207T100000'),
      at1('DTSTART:20261208T090000Z', 'DTEND:20261208T100000Z'),
      at1('DTSTART:20261209T090000', 'DURATION:PT1H30M'),
      at1('DTSTART;VALUE=DATE:20261210'),
      at1('DTSTART;TZID=Romance Standard Time:20261211T090000', 'DTEND:20261211T100000Z'),
    );

    const made = await importing(await given.aPerson(), file);

    expect(made.failed).toMatchObject([{ column: 'DTSTART', code: 'unknown-time-zone' }]);
    expect(await given.occupancyOf(room)).toEqual([
      '1 07 09:00–07 10:00',
      '1 08 09:00–08 10:00',
      '1 09 08:00–09 09:30',
      '1 09 23:00–10 00:00',
      '1 10 00:00–10 23:00',
    ]);
  });

  it('keeps title, description and privacy, and finds the room by what the calendar says of it', async () => {
    const room = await given.aResource();
    const ada = await given.aPerson();
    const time = (hour: string) => [`DTSTART:20261207T${hour}0000Z`, `DTEND:20261207T${hour}3000Z`];
    const file = calendar(
      event(...time('09'), `LOCATION:${room.name}\\, 2nd floor`, 'SUMMARY:One\\, two', 'DESCRIPTION:a\\nb', 'CLASS:PRIVATE'),
      event(...time('10'), `ATTENDEE;CUTYPE=ROOM;CN="${room.name}":mailto:room@example.org`, 'LOCATION:Somewhere'),
      event(...time('11'), `X-BERTH-RESOURCE:${room.id}`),
      event(...time('12'), 'LOCATION:Zoom'),
      event(...time('13')),
    );

    const made = await importing(ada, file);
    const withRoom = await importing(ada, file, { resourceId: room.id });

    expect(made.rows.map((it) => it.action)).toEqual(['create', 'create', 'create', 'error', 'error']);
    expect(made.failed).toMatchObject([
      { row: 22, column: 'LOCATION', code: 'unknown-resource' },
      { row: 27, column: 'LOCATION', code: 'required' },
    ]);
    expect(await on.queries.one(ada, made.rows[0]!.id!)).toMatchObject({ title: 'One, two', description: 'a\nb', private: true });
    expect(withRoom.rows.slice(3).map((it) => it.action)).toEqual(['create', 'create']);
  });

  it('makes a series of what recurs, with its exceptions and changed dates', async () => {
    const room = await given.aResource();
    const ada = await given.aPerson();
    const of = [`LOCATION:${room.id}`, 'UID:weekly'];
    const file = calendar(
      event(...of, 'DTSTART:20261207T090000Z', 'DTEND:20261207T100000Z', 'RRULE:FREQ=DAILY;COUNT=5', 'EXDATE:20261208T090000Z'),
      event(...of, 'RECURRENCE-ID:20261209T090000Z', 'DTSTART:20261209T120000Z', 'DTEND:20261209T130000Z'),
      event(...of, 'RECURRENCE-ID:20261210T090000Z', 'STATUS:CANCELLED', 'DTSTART:20261210T090000Z'),
    );

    const tried = await importing(ada, file, { dryRun: true });
    expect(await given.occupancyOf(room)).toEqual([]);
    const made = await importing(ada, file);

    expect(tried.rows.map((it) => it.action)).toEqual(['create', 'skip', 'skip']);
    expect(made.skipped.map((it) => it.code)).toEqual(['part-of-series', 'part-of-series']);
    expect(made.rows[0]).toMatchObject({ action: 'create', id: null, seriesId: expect.any(String) });
    expect(await given.occupancyOf(room)).toEqual(['1 07 09:00–07 10:00', '1 09 12:00–09 13:00', '1 11 09:00–11 10:00']);
  });

  it('books nothing of a series that meets another booking, and says with what it would go', async () => {
    const type = await given.aType();
    const [room, other] = [await given.aResource({ type }), await given.aResource({ type })];
    const ada = await given.aPerson();
    await on.book.execute(await given.aPerson(), { resourceIds: [room.id], quantity: 1, ...from('09:00').to('10:00') });
    const time = ['DTSTART:20261207T090000Z', 'DTEND:20261207T100000Z', `LOCATION:${room.id}`];
    const file = calendar(event(...time, 'RRULE:FREQ=DAILY;COUNT=2'), event(...time), event(...time, 'RRULE:FREQ=HOURLY;COUNT=2'));

    const tried = await importing(ada, file, { dryRun: true });
    const made = await importing(ada, file);

    expect(made.failed).toEqual(tried.failed);
    expect(made.failed).toMatchObject([{ code: 'reservation-conflict' }, { code: 'reservation-conflict' }, { column: 'RRULE' }]);
    expect(made.failed[1]?.alternatives).toEqual(expect.arrayContaining([expect.objectContaining({ resourceId: other.id })]));
    expect(await given.occupancyOf(room)).toEqual(['1 07 09:00–07 10:00']);
  });

  it('skips what is cancelled or there twice', async () => {
    const room = await given.aResource();
    const ada = await given.aPerson();
    const time = ['DTSTART:20261207T090000Z', 'DTEND:20261207T100000Z', `LOCATION:${room.id}`, 'UID:one'];
    const file = calendar(event(...time), event(...time), event(...time, 'STATUS:CANCELLED'));

    const made = await importing(ada, file, { onError: 'fail' });

    expect(made.rows.map((it) => it.action)).toEqual(['create', 'skip', 'skip']);
    expect(made.skipped.map((it) => it.code)).toEqual(['duplicate-row', 'cancelled']);
  });

  it('books all or none, what recurs too', async () => {
    const room = await given.aResource();
    const ada = await given.aPerson();
    const at9 = ['DTSTART:20261207T090000Z', 'DTEND:20261207T100000Z', `LOCATION:${room.id}`];
    const daily = event(...at9, 'RRULE:FREQ=DAILY;COUNT=3');
    const afternoon = event('DTSTART:20261208T140000Z', 'DTEND:20261208T150000Z', `LOCATION:${room.id}`);
    const meets = event('DTSTART:20261208T093000Z', 'DTEND:20261208T103000Z', `LOCATION:${room.id}`);

    // Each could be had by itself; together one is in the way of another.
    await expect(importing(ada, calendar(daily, afternoon, meets), { onError: 'fail' })).rejects.toMatchObject({
      code: 'import-failed',
      extensions: { failed: [{ code: 'reservation-conflict' }] },
    });
    expect(await given.occupancyOf(room)).toEqual([]);
    const made = await importing(ada, calendar(daily, afternoon), { onError: 'fail' });

    expect(made.rows.map((it) => [it.action, it.seriesId !== null])).toEqual([
      ['create', true],
      ['create', false],
    ]);
    expect(await given.occupancyOf(room)).toHaveLength(4);
  });

  it('is done once for one key, series and all', async () => {
    const room = await given.aResource();
    const ada = await given.aPerson();
    const keyed = () => ({ ...ada, idempotency: { key: 'once', fingerprint: Buffer.alloc(32), replayed: false, claimed: false } });
    const file = calendar(event('DTSTART:20261207T090000Z', 'DTEND:20261207T100000Z', `LOCATION:${room.id}`, 'RRULE:FREQ=DAILY;COUNT=2'));

    const made = await importing(keyed(), file);

    expect(await importing(keyed(), file)).toEqual(made);
    expect(made.created).toBe(1);
  });
});

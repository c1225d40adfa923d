import { type Call, caller, personWith, soon, within5s } from './http';
import { Listener } from './listener';
import { type RunningSystem, startSystem } from './start-system';
import { setTimeout as sleep } from 'node:timers/promises';

const LEFT_TO_ITS_WORKER_MS = 3_000;

describe('Waiting for a time that is taken', () => {
  let system: RunningSystem;
  let admin: Call;
  let people: { id: string; call: Call }[];
  let room: string;

  beforeAll(async () => {
    system = await startSystem();
    admin = caller(system.url, system.adminToken);
    people = [];
    for (const name of ['ada', 'grace', 'alan', 'edsger']) people.push(await personWith(admin, 'user', name));
    room = (await admin('POST', '/resources', { body: { name: 'Turing' } })).body.id;
  });
  afterAll(() => system.stop());

  const entryOf = async (person: number, id: string) => (await people[person]!.call('GET', `/waitlist/${id}`)).body;
  const join = async (person: number, body: object) => (await people[person]!.call('POST', '/waitlist', { body })).body;

  it('goes from person to person until one takes it, each told within five seconds', async () => {
    const time = { resourceId: room, start: soon('09:00'), end: soon('10:00') };
    const { body: booked } = await people[0]!.call('POST', '/reservations', { body: time });
    const joined = await people[1]!.call('POST', '/waitlist', { body: { ...time, title: 'Review' } });
    expect(joined).toMatchObject({ status: 201, body: { status: 'waiting', position: 1, resource: { name: 'Turing' }, mine: true } });
    const second = await join(2, time);
    const third = await join(3, time);
    const live = await (await Listener.open(system, people[1]!.call)).follow('me');

    await people[0]!.call('POST', `/reservations/${booked.id}/cancel`, { body: {} });

    const { offer } = await within5s(
      () => entryOf(1, joined.body.id),
      (it) => it.status === 'offered',
    );
    const minutes = (Date.parse(offer.expiresAt) - Date.now()) / 60_000;
    expect([minutes <= 30, minutes > 25]).toEqual([true, true]);
    await live.sees((it) => it.type === 'event' && (it['data'] as { status?: string }).status === 'offered');
    live.close();
    expect((await people[3]!.call('POST', '/reservations', { body: time })).body.code).toBe('slot-held');
    expect((await people[1]!.call('POST', `/waitlist/${joined.body.id}/decline`)).body.status).toBe('declined');
    await within5s(
      () => entryOf(2, second.id),
      (it) => it.status === 'offered',
    );

    // Nobody answers: the half hour is over.
    await system.asOwner(`update reservation set hold_until = now() where id = (select hold_id from waitlist_entry where id = $1)`, [
      second.id,
    ]);
    await system.asOwner(
      `update occupancy set hold_until = now() where reservation_id = (select hold_id from waitlist_entry where id = $1)`,
      [second.id],
    );
    await within5s(
      () => entryOf(2, second.id),
      (it) => it.status === 'expired',
    );
    await within5s(
      () => entryOf(3, third.id),
      (it) => it.status === 'offered',
    );

    const accepted = await people[3]!.call('POST', `/waitlist/${third.id}/accept`);
    expect(accepted).toMatchObject({ status: 200, body: { status: 'accepted', offer: null } });
    expect((await people[3]!.call('GET', `/reservations/${accepted.body.reservationId}`)).body).toMatchObject({
      status: 'confirmed',
      mine: true,
    });
    expect((await people[1]!.call('GET', '/waitlist?status=declined')).body.data.map((it: { id: string }) => it.id)).toEqual([
      joined.body.id,
    ]);
  });

  it('books at once for who wants that, and shows the queue of a resource without names', async () => {
    const time = { resourceId: room, start: soon('11:00'), end: soon('12:00') };
    const { body: booked } = await people[0]!.call('POST', '/reservations', { body: time });
    const eager = await join(1, { ...time, autoAccept: true, flexMinutes: 30 });
    const seen = await people[2]!.call('GET', `/resources/${room}/waitlist`);
    expect(seen.body.data).toMatchObject([{ id: eager.id, mine: false, person: null, title: null }]);
    expect((await admin('GET', `/resources/${room}/waitlist`)).body.data).toMatchObject([{ person: { displayName: 'grace' } }]);

    await people[0]!.call('POST', `/reservations/${booked.id}/move`, { body: { start: soon('15:00') } });

    const { reservationId } = await within5s(
      () => entryOf(1, eager.id),
      (it) => it.status === 'accepted',
    );
    expect((await people[1]!.call('GET', `/reservations/${reservationId}`)).body).toMatchObject({
      start: soon('11:00'),
      status: 'confirmed',
    });
  });

  it('fills the date a series waits for, the others booked in the same call', async () => {
    const policy = { horizon: 'P400D' };
    const aHall = async (name: string): Promise<string> =>
      (await admin('POST', '/resources', { body: { name, timeZone: 'UTC', policy } })).body.id;
    const [resourceId, other] = [await aHall('Hall'), await aHall('Spare hall')];
    const week = (n: number, time = '09:00'): string => soon(time, 3 + 7 * n);
    const rivals: string[] = [];
    for (const n of [4, 20, 33]) {
      const rival = { resourceId, start: week(n), end: week(n, '10:00') };
      rivals.push((await people[0]!.call('POST', '/reservations', { body: rival })).body.id);
    }
    const resolutions = [
      { recurrenceId: week(4), use: 'resource', resourceId: other },
      { recurrenceId: week(20), use: 'time', start: week(20, '10:00') },
      { recurrenceId: week(33), use: 'waitlist' },
    ];
    const recurrence = { rrule: 'FREQ=WEEKLY;COUNT=52' };
    const wish = { resourceId, title: 'Sync', start: week(0), end: week(0, '10:00'), timeZone: 'UTC', recurrence };
    const preview = await people[3]!.call('POST', '/availability/check', { body: wish });
    expect(preview.body.occurrences[33]).toMatchObject({ verdict: 'conflict', resolutions: expect.arrayContaining(['waitlist']) });

    const booked = await people[3]!.call('POST', '/reservations', { body: { ...wish, resolutions } });

    expect(booked.status).toBe(201);
    const { series, occurrences } = booked.body;
    expect(occurrences.filter((it: { status: string }) => it.status === 'confirmed')).toHaveLength(51);
    expect(occurrences[33]).toMatchObject({ status: 'skipped', waitlistEntryId: expect.any(String) });
    const entryId: string = occurrences[33].waitlistEntryId;
    expect(await entryOf(3, entryId)).toMatchObject({ status: 'waiting', seriesId: series.id, recurrenceId: week(33) });

    await people[0]!.call('POST', `/reservations/${rivals[2]}/move`, { body: { start: week(33, '15:00') } });
    await within5s(
      () => entryOf(3, entryId),
      (it) => it.status === 'offered',
    );
    const accepted = await people[3]!.call('POST', `/waitlist/${entryId}/accept`);

    expect(accepted.body).toMatchObject({ status: 'accepted', reservationId: occurrences[33].id });
    const filled = await people[3]!.call('GET', `/series/${series.id}`);
    expect(filled.body.occurrences.filter((it: { status: string }) => it.status === 'confirmed')).toHaveLength(52);
    expect((await people[3]!.call('GET', `/reservations/${occurrences[33].id}`)).body).toMatchObject({
      seriesId: series.id,
      start: week(33),
      status: 'confirmed',
    });
  });

  it('takes up the work of a worker that was killed, and makes each offer once', async () => {
    const rooms = [];
    for (let i = 0; i < 10; i++) rooms.push((await admin('POST', '/resources', { body: { name: `Room ${i}` } })).body.id as string);
    const entries: { first: string; second: string; room: string }[] = [];
    const booked: string[] = [];
    for (const resourceId of rooms) {
      const time = { resourceId, start: soon('09:00', 3), end: soon('10:00', 3) };
      booked.push((await people[0]!.call('POST', '/reservations', { body: time })).body.id);
      entries.push({ first: (await join(1, time)).id, second: (await join(2, time)).id, room: resourceId });
    }
    const replica = await system.startReplica({ BERTH_ROLES: 'api,worker' });

    await Promise.all(booked.map((id) => people[0]!.call('POST', `/reservations/${id}/cancel`, { body: {} })));
    await replica.kill('SIGKILL');

    // What the killed worker had in hand is left to it for a moment; the five seconds begin when nobody has it any more.
    await sleep(LEFT_TO_ITS_WORKER_MS);
    for (const it of entries)
      await within5s(
        () => entryOf(1, it.first),
        (entry) => entry.status === 'offered',
      );
    for (const it of entries) expect((await entryOf(2, it.second)).status).toBe('waiting');
    const offers = await system.asOwner<{ n: number; entries: number }>(
      `select count(*)::int as n, count(distinct subject_id)::int as entries from event where type = 'waitlist.offered' and subject_id = any($1)`,
      [entries.map((it) => it.first)],
    );
    expect(offers).toEqual([{ n: 10, entries: 10 }]);
  });
});

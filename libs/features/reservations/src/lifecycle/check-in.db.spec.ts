import { useDatabase } from '@berth/platform/testing';
import { newId } from '@berth/kernel';
import { at, from, reservationsGiven, reservationsOn } from '../testing';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);
const required = { checkIn: { mode: 'required', before: 'PT15M', after: 'PT15M' } } as const;
const wish = (resource: { id: string }, when = from('09:00').to('11:00')) => ({ resourceIds: [resource.id], quantity: 1, ...when });

describe('CheckIn', () => {
  beforeEach(() => on.clock.set(at('08:00')));

  it('opens fifteen minutes before the start and closes fifteen after it, and names the window it refuses by', async () => {
    const ada = await given.aPerson();
    const { id } = await on.book.execute(ada, wish(await given.aResource({ policy: required })));

    on.clock.set(at('08:44'));
    await expect(on.checkIn.execute(ada, { id })).rejects.toMatchObject({
      code: 'policy-violation',
      extensions: { policy: { rule: 'check-in', limit: '2026-12-07T08:45:00Z/2026-12-07T09:15:00Z', source: { level: 'resource' } } },
    });
    on.clock.set(at('08:45'));
    expect(await on.checkIn.execute(ada, { id })).toMatchObject({ status: 'checked_in', version: 2 });
    expect(await on.checkIn.execute(ada, { id })).toMatchObject({ status: 'checked_in', version: 2 });
    expect(await given.eventsOf({ id })).toEqual(['reservation.created', 'reservation.checked_in']);
  });

  it('keeps the time of who has come until its end', async () => {
    const ada = await given.aPerson();
    const booked = await on.book.execute(ada, wish(await given.aResource({ policy: required })));
    on.clock.set(at('09:05'));
    await on.lifecycle.run();
    await on.checkIn.execute(ada, { id: booked.id });

    on.clock.set(at('11:00'));
    await on.lifecycle.run();

    expect(await given.eventsOf(booked)).toEqual([
      'reservation.created',
      'reservation.started',
      'reservation.checked_in',
      'reservation.ended',
    ]);
  });

  it('stays checked in when the end is moved, and asks again when the start is', async () => {
    const ada = await given.aPerson();
    const { id } = await on.book.execute(ada, wish(await given.aResource({ policy: required })));
    on.clock.set(at('08:50'));
    await on.checkIn.execute(ada, { id });

    expect(await on.move.execute(ada, { id, start: at('09:00'), end: at('12:00') })).toMatchObject({ status: 'checked_in' });
    expect(await on.move.execute(ada, { id, start: at('14:00') })).toMatchObject({ status: 'confirmed' });
  });

  it('takes the code at the resource from everybody who sees the reservation, and nothing else from them', async () => {
    const [ada, grace] = [await given.aPerson(), await given.aPerson()];
    const [room, other] = [await given.aResource({ policy: required }), await given.aResource()];
    const { id } = await on.book.execute(ada, wish(room));
    on.clock.set(at('09:00'));
    const token = on.tokens.issue(room.id);

    await expect(on.checkIn.execute(grace, { id })).rejects.toMatchObject({ code: 'permission-denied' });
    await expect(on.checkIn.execute(grace, { id, token: on.tokens.issue(other.id) })).rejects.toMatchObject({
      code: 'check-in-code-invalid',
    });
    for (const forged of ['', 'x', token.slice(0, -2) + 'AA', token.replace(/^./, 'B'), newId()])
      await expect(on.checkIn.execute(grace, { id, token: forged })).rejects.toMatchObject({ code: 'check-in-code-invalid' });
    expect(token).toHaveLength(50);
    expect(await on.checkIn.execute(grace, { id, token })).toMatchObject({ status: 'checked_in' });
  });

  it('lets a code of a display run out', async () => {
    const ada = await given.aPerson();
    const room = await given.aResource({ policy: required });
    await on.book.execute(ada, wish(room));
    on.clock.set(at('09:00'));
    const token = on.tokens.issue(room.id, at('09:01'));

    on.clock.set(at('09:01'));

    await expect(on.checkIn.atResource(ada, token)).rejects.toMatchObject({ code: 'check-in-code-invalid' });
  });

  it('finds what one has at the resource of the code', async () => {
    const ada = await given.aPerson();
    const room = await given.aResource({ policy: required });
    const token = on.tokens.issue(room.id);
    await expect(on.checkIn.atResource(ada, token)).rejects.toMatchObject({ code: 'not-found' });
    const { id } = await on.book.execute(ada, wish(room));
    await on.book.execute(ada, wish(room, from('13:00').to('14:00')));
    on.clock.set(at('09:10'));

    expect(await on.checkIn.atResource(ada, token)).toMatchObject({ id, status: 'checked_in' });
    expect(await on.checkInQueries.state(ada, id)).toMatchObject({
      required: true,
      mayCheckIn: false,
      mayEnd: true,
      checkedInAt: '2026-12-07T09:10:00Z',
    });
  });
});

describe('EndReservation', () => {
  beforeEach(() => on.clock.set(at('08:00')));

  it('keeps what has passed and frees the rest, cleaning included, for others', async () => {
    const ada = await given.aPerson();
    const room = await given.aResource({ policy: { bufferAfter: 'PT15M', slotStep: 'PT5M' } });
    const booked = await on.book.execute(ada, wish(room));
    on.clock.set(at('09:20'));
    await on.lifecycle.run();

    expect(await on.end.execute(ada, booked.id)).toMatchObject({
      status: 'completed',
      start: '2026-12-07T09:00:00Z',
      end: '2026-12-07T09:20:00Z',
    });
    expect(await on.end.execute(ada, booked.id)).toMatchObject({ status: 'completed' });
    expect(await given.occupancyOf(room)).toEqual(['1 07 09:00–07 09:35']);
    await on.lifecycle.run();
    expect(await given.eventsOf(booked)).toEqual(['reservation.created', 'reservation.started', 'reservation.moved', 'reservation.ended']);
    expect(await on.book.execute(await given.aPerson(), wish(room, from('09:35').to('10:00')))).toMatchObject({ status: 'confirmed' });
  });

  it('gives back the days that are left of a long one', async () => {
    const ada = await given.aPerson();
    const server = await given.aResource({ policy: { maxDuration: 'P10D' } });
    const { id } = await on.book.execute(ada, wish(server, { start: at('12:00'), end: at('12:00', 11) }));
    on.clock.set(at('06:00', 8));

    await on.end.execute(ada, id);

    expect(await given.occupancyOf(server)).toEqual(['1 07 12:00–08 00:00', '1 08 00:00–08 06:00']);
  });

  it('refuses what has not begun, what is over, and what belongs to others', async () => {
    const [ada, grace] = [await given.aPerson(), await given.aPerson()];
    const { id } = await on.book.execute(ada, wish(await given.aResource()));

    await expect(on.end.execute(ada, id)).rejects.toMatchObject({ code: 'invalid-state', extensions: { detail: 'It has not begun.' } });
    on.clock.set(at('09:10'));
    await expect(on.end.execute(grace, id)).rejects.toMatchObject({ code: 'permission-denied' });
    on.clock.set(at('11:00'));
    await expect(on.end.execute(ada, id)).rejects.toMatchObject({ code: 'invalid-state' });
  });
});

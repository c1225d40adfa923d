import { caller, personWith, soon, type Call } from './http';
import { startSystem, type RunningSystem } from './start-system';

interface Occurrence {
  id: string;
  recurrenceId: string;
  status: string;
  start: string;
}

describe('The story of a series', () => {
  let system: RunningSystem;
  let admin: Call;
  let ada: Call;
  let room: string;
  let other: string;
  let seriesId: string;
  const day = (week: number, time = '10:00'): string => soon(time, 3 + 7 * week);
  const weekly = (more: object = {}) => ({
    resourceId: room,
    title: 'Sync',
    start: day(0),
    end: day(0, '11:00'),
    timeZone: 'UTC',
    recurrence: { rrule: 'FREQ=WEEKLY;COUNT=6' },
    ...more,
  });

  beforeAll(async () => {
    system = await startSystem();
    admin = caller(system.url, system.adminToken);
    ada = (await personWith(admin, 'user', 'ada')).call;
    const policy = { horizon: 'P400D' };
    room = (await admin('POST', '/resources', { body: { name: 'Turing', timeZone: 'UTC', policy } })).body.id;
    other = (await admin('POST', '/resources', { body: { name: 'Noether', timeZone: 'UTC', policy } })).body.id;
    await admin('POST', '/reservations', { body: { resourceId: room, title: 'Budget', start: day(2), end: day(2, '11:00') } });
  });
  afterAll(() => system.stop());

  it('is checked date by date', async () => {
    const { status, body } = await ada('POST', '/availability/check', { body: weekly() });

    expect(status).toBe(200);
    expect(body.bookable).toBe(false);
    expect(body.occurrences.map((it: { verdict: string }) => it.verdict)).toEqual(['free', 'free', 'conflict', 'free', 'free', 'free']);
    expect(body.occurrences[2].conflicts[0]).toMatchObject({ recurrenceId: day(2), title: 'Budget' });
    expect(body.occurrences[2].alternatives.map((it: { resourceId: string }) => it.resourceId)).toContain(other);
  });

  it('is refused whole while a date is taken, and says how to go on', async () => {
    const { status, body } = await ada('POST', '/reservations', { body: weekly() });

    expect([status, body.code]).toEqual([409, 'reservation-conflict']);
    expect(body.suggestions).toEqual([{ action: 'resolve', patch: { resolutions: [{ recurrenceId: day(2), use: 'skip' }] } }]);
  });

  it('is booked with each date resolved, once however often it is sent', async () => {
    const resolutions = [{ recurrenceId: day(2), use: 'resource', resourceId: other }];
    const headers = { 'Idempotency-Key': 'a-series' };
    const booked = await ada('POST', '/reservations/recurring', { body: weekly({ resolutions }), headers });
    const again = await ada('POST', '/reservations/recurring', { body: weekly({ resolutions }), headers });

    expect(booked.status).toBe(201);
    seriesId = booked.body.series.id;
    expect(booked.headers.get('location')).toBe(`/api/v1/series/${seriesId}`);
    expect(booked.body.occurrences.map((it: Occurrence) => [it.recurrenceId, it.status])).toEqual(
      [0, 1, 2, 3, 4, 5].map((week) => [day(week), 'confirmed']),
    );
    expect(again.body).toEqual(booked.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect((await ada('GET', '/reservations/my?limit=50')).body.data).toHaveLength(6);
  });

  it('is moved from one date on, as a series of its own', async () => {
    const path = `/series/${seriesId}?scope=following&recurrenceId=${day(4)}`;
    const { status, body } = await ada('PATCH', path, { body: { start: day(4, '15:00'), end: day(4, '16:00') } });

    expect(status).toBe(200);
    expect(body.series.id).not.toBe(seriesId);
    expect(body.occurrences.map((it: Occurrence) => it.start)).toEqual([day(4, '15:00'), day(5, '15:00')]);
    const kept = await ada('GET', `/series/${seriesId}`);
    expect(kept.body.occurrences).toHaveLength(4);
  });

  it('is cancelled for one date, and whole', async () => {
    const one = await ada('POST', `/series/${seriesId}/cancel?scope=this&recurrenceId=${day(1)}`, { body: {} });
    expect(one.body.occurrences.map((it: Occurrence) => it.status)).toEqual(['confirmed', 'cancelled', 'confirmed', 'confirmed']);

    const all = await ada('POST', `/series/${seriesId}/cancel?scope=all`, { body: { reason: 'Done' } });
    expect(all.body.occurrences.map((it: Occurrence) => it.status)).toEqual(Array(4).fill('cancelled'));
    expect((await ada('GET', '/reservations/my?limit=50')).body.data).toHaveLength(2);
  });

  it('keeps what it skips and books it when it is free', async () => {
    const budget = (await admin('GET', `/reservations?q=Budget`)).body.data[0];
    const { body } = await ada('POST', '/reservations', {
      body: weekly({ onConflict: 'skip', recurrence: { rrule: 'FREQ=WEEKLY;COUNT=3' } }),
    });
    expect(body.occurrences.map((it: Occurrence) => it.status)).toEqual(['confirmed', 'confirmed', 'skipped']);
    const fill = () => ada('POST', `/series/${body.series.id}/fill`, { body: { recurrenceId: day(2) } });
    expect((await fill()).status).toBe(409);

    await admin('POST', `/reservations/${budget.id}/cancel`, { body: {} });

    expect((await fill()).body.occurrences.map((it: Occurrence) => it.status)).toEqual(['confirmed', 'confirmed', 'confirmed']);
  });

  it.each([
    [{ rrule: 'FREQ=SECONDLY' }, '/recurrence/rrule', 'not-allowed'],
    [{ rrule: 'FREQ=DAILY;COUNT=1000000000' }, '/recurrence/rrule', 'out-of-range'],
    [{ rrule: 'FREQ=DAILY;COUNT=2', exdates: ['soon'] }, '/recurrence/exdates/0', 'not-a-date'],
    [{}, '/recurrence/rrule', 'is-string'],
    [[], '/recurrence', 'is-object'],
  ])('refuses %j with the field', async (recurrence, pointer, code) => {
    const { status, body } = await ada('POST', '/reservations', { body: weekly({ recurrence }) });

    expect([status, body.code, body.errors[0]?.pointer]).toEqual([400, 'validation-failed', pointer]);
    expect([code, 'max-length']).toContain(body.errors[0]?.code);
  });
});

import { SetClock, silentOutbox, useDatabase } from '@berth/platform/testing';
import { ResourceCatalogue } from '../resource-catalogue';
import { resourcesGiven } from '../testing';
import { AddBlackout } from './add-blackout';
import { BlackoutsQueries } from './blackouts.queries';
import { BusinessHoursQueries } from './business-hours.queries';
import { DeleteBlackout } from './delete-blackout';
import { SetBusinessHours } from './set-business-hours';
import { ORGANIZATION, type TimeScope } from './time-scope';

const db = useDatabase();
const given = resourcesGiven(db);
const clock = new SetClock(new Date('2026-12-01T08:00:00Z'));
const admin = given.anActor();
const catalogue = () => new ResourceCatalogue(db.database, clock);
const setHours = async (scope: TimeScope, hours: unknown, version?: number) =>
  new SetBusinessHours(db.database, catalogue(), silentOutbox(), clock).execute(admin, {
    ...{ scope, hours },
    version: version ?? (await hoursOf(scope)).settingsVersion,
  });
const hoursOf = (scope: TimeScope) => new BusinessHoursQueries(db.database, catalogue()).inForce(admin, scope);
const of = (resource: { id: string }): TimeScope => ({ level: 'resource', id: resource.id });
const at = (site: { id: string }): TimeScope => ({ level: 'site', id: site.id });
const open = (opens: string, closes: string) => ({ days: [{ weekday: 1, intervals: [{ opens, closes }] }] });

describe('business hours', () => {
  afterEach(() => setHours(ORGANIZATION, null));

  it('are those of the resource, else of its site, else of the organization, else always', async () => {
    const site = await given.aSite({ name: 'Lab', timeZone: 'Asia/Tokyo' });
    const resource = await given.aResource({ site });

    const seen = [await hoursOf(of(resource))];
    await setHours(ORGANIZATION, open('06:00', '22:00'));
    seen.push(await hoursOf(of(resource)));
    await setHours(at(site), open('08:00', '20:00'));
    seen.push(await hoursOf(of(resource)));
    await setHours(of(resource), open('10:00', '12:00'));
    seen.push(await hoursOf(of(resource)));
    await setHours(of(resource), null);
    seen.push(await hoursOf(of(resource)));

    expect(seen.map((it) => [it.source.level, it.days[0]?.intervals[0]?.opens])).toEqual([
      ['default', undefined],
      ['organization', '06:00'],
      ['site', '08:00'],
      ['resource', '10:00'],
      ['site', '08:00'],
    ]);
    expect(seen[2]).toMatchObject({ timeZone: 'Asia/Tokyo', source: { id: site.id, name: 'Lab' } });
  });

  it('are set on what was read, of what they are set for alone', async () => {
    const site = await given.aSite();
    const resource = await given.aResource({ site });

    for (const scope of [of(resource), at(site), ORGANIZATION]) {
      const { settingsVersion: read } = await hoursOf(scope);
      await setHours(scope, open('06:00', '22:00'), read);

      await expect(setHours(scope, open('08:00', '20:00'), read)).rejects.toMatchObject({
        code: 'precondition-failed',
        extensions: { current: { hours: open('06:00', '22:00'), settingsVersion: read + 1 } },
      });
      await expect(setHours(scope, null, read)).rejects.toMatchObject({ code: 'precondition-failed' });
      expect(await hoursOf(scope)).toMatchObject({ ...open('06:00', '22:00'), source: { level: scope.level }, settingsVersion: read + 1 });
    }
  });

  it('bump the version of the resource, or the epoch of all who inherit them', async () => {
    const site = await given.aSite();
    const resource = await given.aResource({ site });
    const epoch = await given.epoch();

    await setHours(of(resource), open('10:00', '12:00'));
    await setHours(of(resource), open('10:00', '12:00'));
    expect([await given.versionOf(resource), await given.epoch()]).toEqual([2, epoch]);

    await setHours(at(site), open('10:00', '12:00'));
    expect([await given.versionOf(resource), await given.epoch()]).toEqual([2, epoch + 1]);
    expect((await given.eventsOf(resource)).map((it) => it.type)).toEqual(['resource.updated']);
  });

  it('say everything that is wrong with a pointer to it', async () => {
    const resource = await given.aResource();
    const wrong = {
      days: [
        { weekday: 8, intervals: [] },
        { weekday: 1, intervals: [{ opens: '8', closes: '25:00' }] },
      ],
    };

    await expect(setHours(of(resource), wrong)).rejects.toMatchObject({
      code: 'validation-failed',
      extensions: { errors: [{ pointer: '/days/0/weekday' }, { pointer: '/days/1/intervals/0/opens' }] },
    });
  });

  it('are not found where there is nothing', async () => {
    const elsewhere = await given.aResource({ organizationId: (await given.anotherOrganization()).id });

    await expect(setHours(of(elsewhere), open('10:00', '12:00'))).rejects.toMatchObject({ code: 'not-found' });
    await expect(hoursOf(of(elsewhere))).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('blackouts', () => {
  const add = (scope: TimeScope, start: string, end: string, recurrence?: { rrule: string; timeZone?: string }) =>
    new AddBlackout(db.database, catalogue(), silentOutbox(), clock).execute(admin, { scope, start, end, reason: 'Painting', recurrence });
  const remove = (command: { id: string; resourceId?: string }) =>
    new DeleteBlackout(db.database, catalogue(), silentOutbox(), clock).execute(admin, command);
  const list = (scope: TimeScope, from?: string) => new BlackoutsQueries(db.database, clock).page(admin, scope, { limit: 10, from });

  it('are listed where they count, with what they were set for', async () => {
    const site = await given.aSite();
    const [resource, neighbour] = [await given.aResource({ site }), await given.aResource({ site })];
    await add(of(resource), '2026-12-03T00:00:00+01:00', '2026-12-04T00:00:00Z');
    await add(at(site), '2026-12-02T00:00:00Z', '2026-12-03T00:00:00Z');
    const everywhere = await add(ORGANIZATION, '2026-12-24T00:00:00Z', '2026-12-27T00:00:00Z');

    expect((await list(of(resource))).data.map((it) => [it.start, it.source.level])).toEqual([
      ['2026-12-02T00:00:00Z', 'site'],
      ['2026-12-02T23:00:00Z', 'resource'],
      ['2026-12-24T00:00:00Z', 'organization'],
    ]);
    expect((await list(of(neighbour))).data).toHaveLength(2);
    expect((await list(ORGANIZATION)).data.map((it) => it.id)).toEqual([everywhere.id]);
    expect((await list(of(resource), '2026-12-24T00:00:00Z')).data).toHaveLength(1);
    await remove({ id: everywhere.id });
    expect((await list(ORGANIZATION)).data).toEqual([]);
  });

  it('list the reservations they found, which stay', async () => {
    const resource = await given.aResource();
    const reservation = await given.aReservationOf(resource, {
      from: new Date('2026-12-03T09:00:00Z'),
      to: new Date('2026-12-03T10:00:00Z'),
    });

    const during = await add(of(resource), '2026-12-03T09:30:00Z', '2026-12-03T12:00:00Z');
    const after = await add(of(resource), '2026-12-03T10:00:00Z', '2026-12-03T12:00:00Z');

    expect(during.affected).toEqual({
      reservations: [{ id: reservation.id, start: '2026-12-03T09:00:00Z', end: '2026-12-03T10:00:00Z' }],
      total: 1,
    });
    expect(after.affected).toEqual({ reservations: [], total: 0 });
  });

  it('come again by the clock of what they are set for, and list what they found in any of their times', async () => {
    const site = await given.aSite({ timeZone: 'Europe/Paris' });
    const resource = await given.aResource({ site });
    const inTheThird = await given.aReservationOf(resource, {
      from: new Date('2026-12-17T11:30:00Z'),
      to: new Date('2026-12-17T12:30:00Z'),
    });
    await given.aReservationOf(resource, { from: new Date('2026-12-18T11:30:00Z'), to: new Date('2026-12-18T12:30:00Z') });

    const weekly = await add(of(resource), '2026-12-03T11:00:00Z', '2026-12-03T12:00:00Z', { rrule: 'FREQ=WEEKLY;COUNT=4' });
    const open = await add(ORGANIZATION, '2026-12-01T03:00:00Z', '2026-12-01T04:00:00Z', { rrule: 'FREQ=DAILY', timeZone: 'Asia/Tokyo' });

    expect(weekly).toMatchObject({
      start: '2026-12-03T11:00:00Z',
      recurrence: { rrule: 'FREQ=WEEKLY;COUNT=4', localStart: '2026-12-03T12:00:00', timeZone: 'Europe/Paris' },
      affected: { total: 1, reservations: [{ id: inTheThird.id }] },
    });
    expect(open.recurrence).toMatchObject({ timeZone: 'Asia/Tokyo', localStart: '2026-12-01T12:00:00' });
    const listedAt = async (from: string) => (await list(of(resource), from)).data.map((it) => it.id);
    expect(await listedAt('2026-12-24T11:59:00Z')).toEqual([open.id, weekly.id]);
    expect(await listedAt('2026-12-24T12:00:00Z')).toEqual([open.id]);
    const terms = (await catalogue().termsOfMany(admin.organizationId, [resource.id])).get(resource.id)!;
    expect(terms.blackouts.map((it) => it.recurrence?.timeZone)).toEqual(['Asia/Tokyo', 'Europe/Paris']);
    await remove({ id: open.id });
  });

  it.each([
    ['FREQ=SECONDLY', 'not-allowed'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'no-occurrence'],
    ['FREQ=YEARLY;COUNT=300', 'out-of-range'],
  ])('refuse the rule %s', async (rrule, code) => {
    const resource = await given.aResource();

    await expect(add(of(resource), '2026-12-03T00:00:00Z', '2026-12-04T00:00:00Z', { rrule })).rejects.toMatchObject({
      code: 'validation-failed',
      extensions: { errors: [{ pointer: '/recurrence/rrule', code }] },
    });
  });

  it('are told and judged again when they come and go', async () => {
    const [resource, other] = [await given.aResource(), await given.aResource()];

    const blackout = await add(of(resource), '2026-12-03T00:00:00Z', '2026-12-04T00:00:00Z');
    await expect(remove({ id: blackout.id, resourceId: other.id })).rejects.toMatchObject({ code: 'not-found' });
    await expect(remove({ id: blackout.id })).rejects.toMatchObject({ code: 'not-found' });
    await remove({ id: blackout.id, resourceId: resource.id });

    expect(await given.versionOf(resource)).toBe(3);
    expect((await given.eventsOf(blackout)).map((it) => it.type)).toEqual(['blackout.created', 'blackout.deleted']);
  });

  it('end after they start', async () => {
    const resource = await given.aResource();

    await expect(add(of(resource), '2026-12-03T00:00:00Z', '2026-12-03T00:00:00Z')).rejects.toMatchObject({
      code: 'validation-failed',
      extensions: { errors: [{ pointer: '/end' }] },
    });
  });
});

import { SetClock, useDatabase } from '@berth/platform/testing';
import { resourcesGiven } from '../testing';
import { AvailabilityRowsQueries } from './availability-rows.queries';

const db = useDatabase();
const given = resourcesGiven(db);
const clock = new SetClock(new Date('2026-12-01T08:00:00Z'));
const admin = given.anActor();
const rowsOf = (filter: { siteId?: string; q?: string; limit?: number } = {}) =>
  new AvailabilityRowsQueries(db.database, clock).rows(admin, { limit: 2000, ...filter });

describe('the rows of a timeline', () => {
  it('stand by site, floor and name, parts below their whole', async () => {
    const site = await given.aSite({ name: 'Berlin' });
    const [upper, lower] = [
      await given.aFloor({ site, name: 'Floor 10', level: 10 }),
      await given.aFloor({ site, name: 'Floor 2', level: 2 }),
    ];
    const hall = await given.aResource({ name: 'Hall', site, floor: upper });
    await given.aResource({ name: 'Half B', site, floor: upper, parent: hall });
    await given.aResource({ name: 'Half A', site, floor: upper, parent: hall });
    await given.aResource({ name: 'Room 10', site, floor: lower });
    await given.aResource({ name: 'Room 2', site, floor: lower });
    await given.aResource({ name: 'Van', site });
    await given.aResource({ name: 'Gone', site, status: 'archived' });
    await given.aResource({ name: 'Nowhere' });

    const { rows, sites, floors, total } = await rowsOf();

    expect(rows.name).toEqual(['Room 2', 'Room 10', 'Hall', 'Half A', 'Half B', 'Van', 'Nowhere']);
    expect(rows.depth).toEqual([0, 0, 0, 1, 1, 0, 0]);
    expect(rows.parent).toEqual([-1, -1, -1, 2, 2, -1, -1]);
    expect(rows.site).toEqual([0, 0, 0, 0, 0, 0, -1]);
    expect(rows.floor.map((it) => floors[it]?.name)).toEqual([
      'Floor 2',
      'Floor 2',
      'Floor 10',
      'Floor 10',
      'Floor 10',
      undefined,
      undefined,
    ]);
    expect(sites).toEqual([{ id: site.id, name: 'Berlin', timeZone: 'Europe/Berlin' }]);
    expect(total).toBe(7);
  });

  it('name what they share once', async () => {
    const site = await given.aSite({ timeZone: 'America/New_York' });
    const type = await given.aType({
      name: 'Lab',
      policy: { approval: { mode: 'required', deadline: 'P2D', approvers: [] }, minNotice: 'PT2H' },
    });
    for (let i = 0; i < 3; i++) await given.aResource({ site, type });
    // Says what it would inherit anyway, so the rule that counts is the same.
    await given.aResource({ site, type, policy: { minNotice: 'PT120M' }, timeZone: 'UTC' });

    const { rows, rules, zones, types } = await rowsOf({ siteId: site.id });

    expect(rows.rules).toEqual([0, 0, 0, 0]);
    expect(rules).toEqual([
      {
        ...{
          minDuration: 'PT15M',
          maxDuration: 'P1D',
          slotStep: 'PT15M',
          minNotice: 'PT2H',
          horizon: 'P90D',
          bufferBefore: 'PT0S',
          bufferAfter: 'PT0S',
        },
        ...{ approval: true, mayLeaveOpenHours: false },
      },
    ]);
    expect(rows.zone.map((it) => zones[it]).sort()).toEqual(['America/New_York', 'America/New_York', 'America/New_York', 'UTC']);
    expect(types).toMatchObject([{ id: type.id, name: 'Lab' }]);
  });

  it('leave out what is beyond the limit but count it, and lift a part whose whole is not there', async () => {
    const site = await given.aSite();
    const whole = await given.aResource({ name: 'Whole', site });
    await given.aResource({ name: 'Lone part', site, parent: whole });
    await given.aResource({ name: 'Lone other', site, status: 'maintenance' });

    const { rows, total } = await rowsOf({ siteId: site.id, q: 'lone', limit: 1 });

    expect([rows.name, rows.depth, rows.status, total]).toEqual([['Lone other'], [0], ['maintenance'], 2]);
  });
});

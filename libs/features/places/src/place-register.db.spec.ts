import { SetClock, silentOutbox, useDatabase } from '@berth/platform/testing';
import { PlaceRegister } from './place-register';
import { placesGiven } from './testing';

const db = useDatabase();
const given = placesGiven(db);
const register = new PlaceRegister(silentOutbox(), new SetClock(new Date('2026-12-01T08:00:00Z')));
const admin = given.anActor();
const paths = [
  { site: 'HQ', floor: 'Floor 2', room: 'East Wing' },
  { site: 'hq', floor: 'Floor 2', room: 'West Wing' },
  { site: 'HQ', floor: 'Floor 10' },
  { site: 'Depot' },
];

describe('PlaceRegister', () => {
  it('tells what is missing, each name once', async () => {
    const index = await register.index(db.database.of(db.organizationId), db.organizationId);

    expect(index.missing(paths)).toEqual({
      sites: ['HQ', 'Depot'],
      floors: ['HQ/Floor 2', 'HQ/Floor 10'],
      rooms: ['HQ/Floor 2/East Wing', 'hq/Floor 2/West Wing'],
    });
  });

  it('makes what is missing once, in the zone of the organization', async () => {
    const first = await db.database.transaction(admin, (tx) => register.provide(tx, admin, paths));
    const again = await db.database.transaction(admin, (tx) => register.provide(tx, admin, paths));

    expect(again.find({ site: 'HQ', floor: 'floor 2', room: 'EAST WING' })).toEqual(first.find(paths[0]!));
    expect(await db.asOwner(`select name, time_zone from site order by name`)).toEqual([
      { name: 'Depot', time_zone: 'Europe/Berlin' },
      { name: 'HQ', time_zone: 'Europe/Berlin' },
    ]);
    expect(await db.asOwner(`select name, level from floor order by level`)).toEqual([
      { name: 'Floor 2', level: 2 },
      { name: 'Floor 10', level: 10 },
    ]);
    expect(await db.asOwner(`select type, count(*)::int as n from event group by type order by type`)).toEqual([
      { type: 'floor.created', n: 2 },
      { type: 'room.created', n: 2 },
      { type: 'site.created', n: 2 },
    ]);
  });
});

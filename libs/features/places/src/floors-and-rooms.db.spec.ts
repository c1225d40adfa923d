import { newId } from '@berth/kernel';
import { SetClock, silentOutbox, useDatabase } from '@berth/platform/testing';
import { AddFloor } from './add-floor';
import { AddRoom } from './add-room';
import { ChangeFloor } from './change-floor';
import { ChangeRoom } from './change-room';
import { PlacesQueries } from './places.queries';
import { resolvePlace, type PlaceWish } from './resolve-place';
import { placesGiven } from './testing';

const db = useDatabase();
const given = placesGiven(db);
const clock = new SetClock(new Date('2026-12-01T08:00:00Z'));
const admin = given.anActor();
const outbox = silentOutbox();

describe('floors', () => {
  it('are added to a site and listed from the ground up', async () => {
    const site = await given.aSite();
    const add = new AddFloor(db.database, outbox, clock);
    for (const [name, level] of [
      ['Roof', null],
      ['Second', 2],
      ['Cellar', -1],
    ] as const)
      await add.execute(admin, { siteId: site.id, name, level });

    const { data } = await new PlacesQueries(db.database).floorsPage(admin, { limit: 10, siteId: site.id });

    expect(data.map((it) => it.name)).toEqual(['Cellar', 'Second', 'Roof']);
  });

  it('need a site the organization has', async () => {
    const elsewhere = await given.aSite({ organizationId: (await given.anotherOrganization()).id });
    const add = new AddFloor(db.database, outbox, clock);

    for (const siteId of [newId(), elsewhere.id]) {
      await expect(add.execute(admin, { siteId, name: 'One' })).rejects.toMatchObject({
        code: 'invalid-reference',
        extensions: { errors: [{ pointer: '/siteId' }] },
      });
    }
  });

  it('are changed on the version that was read', async () => {
    const floor = await given.aFloor({ site: await given.aSite(), level: 1 });
    const change = new ChangeFloor(db.database, outbox);

    const changed = await change.execute(admin, { id: floor.id, version: 1, patch: { level: null } });

    expect(changed).toMatchObject({ level: null, version: 2 });
    await expect(change.execute(admin, { id: floor.id, version: 1, patch: {} })).rejects.toMatchObject({ code: 'precondition-failed' });
  });
});

describe('rooms', () => {
  it('are added to a floor and renamed', async () => {
    const floor = await given.aFloor({ site: await given.aSite() });

    const room = await new AddRoom(db.database, outbox, clock).execute(admin, { floorId: floor.id, name: 'East' });
    const renamed = await new ChangeRoom(db.database, outbox).execute(admin, { id: room.id, version: 1, patch: { name: 'East Wing' } });

    expect(renamed).toEqual({ id: room.id, floorId: floor.id, name: 'East Wing', version: 2 });
    expect((await given.eventsOf(room)).map((it) => it.type)).toEqual(['room.created', 'room.updated']);
  });
});

describe('resolvePlace', () => {
  const resolve = (wish: PlaceWish, current?: Parameters<typeof resolvePlace>[3]) =>
    resolvePlace(db.database.of(db.organizationId), db.organizationId, wish, current);

  it('fills in what a room and a floor imply', async () => {
    const site = await given.aSite();
    const floor = await given.aFloor({ site });
    const room = await given.aRoom({ floor });

    expect(await resolve({ roomId: room.id })).toEqual({ siteId: site.id, floorId: floor.id, roomId: room.id });
    expect(await resolve({ floorId: floor.id })).toEqual({ siteId: site.id, floorId: floor.id, roomId: null });
  });

  it('leaves floor and room behind when the site changes, and keeps them when it does not', async () => {
    const site = await given.aSite();
    const floor = await given.aFloor({ site });
    const room = await given.aRoom({ floor });
    const here = { siteId: site.id, floorId: floor.id, roomId: room.id };
    const other = await given.aSite();

    expect(await resolve({ siteId: other.id }, here)).toEqual({ siteId: other.id, floorId: null, roomId: null });
    expect(await resolve({ siteId: site.id }, here)).toEqual(here);
    expect(await resolve({ floorId: null }, here)).toEqual({ siteId: site.id, floorId: null, roomId: null });
    expect(await resolve({ siteId: null }, here)).toEqual({ siteId: null, floorId: null, roomId: null });
    expect(await resolve({}, here)).toEqual(here);
  });

  it('refuses a floor of another site', async () => {
    const floor = await given.aFloor({ site: await given.aSite() });
    const other = await given.aSite();

    await expect(resolve({ siteId: other.id, floorId: floor.id })).rejects.toMatchObject({
      code: 'invalid-reference',
      extensions: { errors: [{ pointer: '/siteId' }] },
    });
  });
});

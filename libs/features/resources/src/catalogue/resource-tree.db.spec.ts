import { newId } from '@berth/kernel';
import { SetClock, useDatabase } from '@berth/platform/testing';
import { catalogueOn, resourcesGiven } from '../testing';

const db = useDatabase();
const given = resourcesGiven(db);
const clock = new SetClock(new Date('2026-12-01T08:00:00Z'));
const admin = given.anActor();
const add = (name: string, parent?: { id: string }) =>
  catalogueOn(db.database, clock).addResource.execute(admin, { name, parentId: parent?.id });
const move = (resource: { id: string; version: number }, parent: { id: string } | null) =>
  catalogueOn(db.database, clock).changeResource.execute(admin, {
    id: resource.id,
    version: resource.version,
    patch: { parentId: parent && parent.id },
  });
const tomorrow = { from: new Date('2026-12-02T09:00:00Z'), to: new Date('2026-12-02T10:00:00Z') };

describe('parts and wholes', () => {
  it('makes the leaves of the parts those of everything above, and bumps its version', async () => {
    const building = await add('Building');
    const hall = await add('Hall', building);
    await add('Half A', hall);
    const half = await add('Half B', hall);
    await add('Corner', half);

    expect(await given.leavesOf(building)).toEqual(['Corner', 'Half A']);
    expect(await given.leavesOf(hall)).toEqual(['Corner', 'Half A']);
    expect(await given.leavesOf(half)).toEqual(['Corner']);
    expect(await given.versionOf(building)).toBe(5);
    expect(await given.versionOf(half)).toBe(2);
  });

  it('moves leaves with a part that moves, and makes an empty whole its own leaf again', async () => {
    const [left, right] = [await add('Left'), await add('Right')];
    const rack = await add('Rack', left);
    await add('Server 1', rack);
    await add('Server 2', rack);

    const moved = await move({ id: rack.id, version: await given.versionOf(rack) }, right);

    expect(moved.parentId).toBe(right.id);
    expect(await given.leavesOf(left)).toEqual(['Left']);
    expect(await given.leavesOf(right)).toEqual(['Server 1', 'Server 2']);
  });

  it('refuses a circle', async () => {
    const top = await add('Top');
    const middle = await add('Middle', top);
    const bottom = await add('Bottom', middle);

    for (const below of [top, middle, bottom]) {
      const circle = move({ id: top.id, version: await given.versionOf(top) }, below);
      await expect(circle).rejects.toMatchObject({ code: 'invalid-reference', extensions: { errors: [{ pointer: '/parentId' }] } });
    }
  });

  it('refuses a first part while the whole is reserved, and takes it once that is over', async () => {
    const hall = await add('Reserved hall');
    const reservation = await given.aReservationOf(hall, tomorrow);

    await expect(add('Half', hall)).rejects.toMatchObject({
      code: 'resource-has-reservations',
      extensions: { reservations: [{ id: reservation.id, start: '2026-12-02T09:00:00Z', end: '2026-12-02T10:00:00Z' }], total: 1 },
    });
    expect(await given.leavesOf(hall)).toEqual(['Reserved hall']);

    clock.set(new Date('2026-12-02T10:00:00Z'));
    await add('Half', hall);
    clock.set(new Date('2026-12-01T08:00:00Z'));

    expect(await given.leavesOf(hall)).toEqual(['Half']);
  });

  it('takes a new part while only its siblings are reserved', async () => {
    const hall = await add('Shared hall');
    const half = await add('Half 1', hall);
    await given.aReservationOf(half, tomorrow);

    await add('Half 2', hall);

    expect(await given.leavesOf(hall)).toEqual(['Half 1', 'Half 2']);
  });

  it('refuses to take a part out of a whole that is reserved', async () => {
    const hall = await add('Whole');
    const half = await add('Part', hall);
    await given.aReservationOf(hall, tomorrow);

    await expect(move({ id: half.id, version: 1 }, null)).rejects.toMatchObject({ code: 'resource-has-reservations' });
  });

  it('lets no reservation slip in while the leaves change', async () => {
    const hall = await add('Contested');
    const locked = Promise.withResolvers<void>();
    const booking = db.database.transaction(admin, async (tx) => {
      await tx.sql`lock table occupancy in row exclusive mode`;
      locked.resolve();
      await new Promise((resolve) => setTimeout(resolve, 150));
    });
    await locked.promise;

    let isBooked = false;
    void booking.then(() => (isBooked = true));
    await add('Contested half', hall);

    expect(isBooked).toBe(true);
  });

  it('keeps the closure right when the tree changes from many sides at once', async () => {
    const tops = await Promise.all(['P1', 'P2', 'P3'].map((it) => add(it)));
    const parts = await Promise.all(Array.from({ length: 12 }, (_, i) => add(`x${newId()}`, tops[i % 3])));

    await Promise.all(parts.map(async (it, i) => move({ id: it.id, version: 1 }, tops[(i + 1) % 3]!)));

    const wrong = await db.asOwner(
      `with recursive below as (
         select id as resource_id, id from resource
         union all
         select b.resource_id, c.id from below b join resource c on c.parent_id = b.id
       ), right_one as (
         select b.resource_id, b.id as leaf_id from below b where not exists (select from resource c where c.parent_id = b.id)
       )
       (select * from right_one except select resource_id, leaf_id from resource_leaf)
       union all
       (select resource_id, leaf_id from resource_leaf except select * from right_one)`,
    );
    expect(wrong).toEqual([]);
    expect(db.database.retries).toBe(0);
  });
});

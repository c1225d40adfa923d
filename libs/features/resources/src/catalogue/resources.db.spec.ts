import { newId } from '@berth/kernel';
import { SetClock, useDatabase } from '@berth/platform/testing';
import { catalogueOn, resourcesGiven } from '../testing';
import type { AddResourceCommand } from './add-resource';
import type { ChangeResourceCommand } from './change-resource';
import type { ResourceQuery } from './resources.dto';

const db = useDatabase();
const given = resourcesGiven(db);
const clock = new SetClock(new Date('2026-12-01T08:00:00Z'));
const admin = given.anActor();
const add = (command: Partial<AddResourceCommand> = {}) =>
  catalogueOn(db.database, clock).addResource.execute(admin, { name: `Room ${newId()}`, ...command });
const change = (command: ChangeResourceCommand) => catalogueOn(db.database, clock).changeResource.execute(admin, command);
const list = (query: Partial<ResourceQuery> = {}, actor = admin) =>
  catalogueOn(db.database, clock).queries.page(actor, { limit: 50, sort: 'name', ...query });

describe('AddResource', () => {
  it('falls to the defaults of the organization, makes the default type once, and tells it', async () => {
    const [one, other] = await Promise.all([add({ name: 'Turing Room' }), add()]);

    expect(one).toMatchObject({
      name: 'Turing Room',
      type: { key: 'resource', name: 'Resource', cutype: 'RESOURCE' },
      ...{ site: null, floor: null, room: null, parentId: null, capacity: null, units: 1, tags: [], timeZone: 'Europe/Berlin' },
      ...{ status: 'available', bookable: true, policy: {}, requiresApproval: false, version: 1, createdAt: '2026-12-01T08:00:00Z' },
    });
    expect(one.rules['minDuration']).toEqual({ value: 'PT15M', source: { level: 'default' } });
    expect(other.type.id).toBe(one.type.id);
    expect(await given.leavesOf(one)).toEqual(['Turing Room']);
    expect(await given.eventsOf(one)).toMatchObject([{ type: 'resource.created', data: { name: 'Turing Room', after: { units: 1 } } }]);
  });

  it('takes zone and rules from where they are set, with their source', async () => {
    const site = await given.aSite({ timeZone: 'America/New_York', policy: { horizon: 'P30D', minDuration: 'PT30M' } });
    const type = await given.aType({
      name: 'Lab',
      policy: { minDuration: 'PT1H', approval: { mode: 'required', deadline: 'P1D', approvers: [] } },
    });

    const resource = await add({ siteId: site.id, typeId: type.id, policy: { slotStep: 'PT5M' } });

    expect(resource.timeZone).toBe('America/New_York');
    expect(resource.rules).toMatchObject({
      slotStep: { value: 'PT5M', source: { level: 'resource', id: resource.id, name: resource.name } },
      minDuration: { value: 'PT1H', source: { level: 'type', id: type.id, name: 'Lab' } },
      horizon: { value: 'P30D', source: { level: 'site', id: site.id } },
      maxDuration: { value: 'P1D', source: { level: 'default' } },
    });
    expect(resource.requiresApproval).toBe(true);
    expect(resource.policy).toEqual({ slotStep: 'PT5M' });
  });

  it('points to every reference that names nothing in the organization', async () => {
    const elsewhere = await given.aResource({ organizationId: (await given.anotherOrganization()).id });
    const references = { typeId: newId(), siteId: newId(), floorId: newId(), roomId: newId(), parentId: elsewhere.id };

    for (const [field, id] of Object.entries(references)) {
      await expect(add({ [field]: id })).rejects.toMatchObject({
        code: 'invalid-reference',
        extensions: { errors: [{ pointer: `/${field}` }] },
      });
    }
  });

  it('refuses limits that exclude each other, also with what is inherited', async () => {
    const site = await given.aSite({ policy: { minDuration: 'PT4H' } });

    await expect(add({ policy: { minDuration: 'PT2H', maxDuration: 'PT1H' } })).rejects.toMatchObject({ code: 'validation-failed' });
    await expect(add({ siteId: site.id, policy: { maxDuration: 'PT1H' } })).rejects.toMatchObject({
      code: 'validation-failed',
      extensions: { errors: [{ pointer: '/policy/minDuration', code: 'inconsistent' }] },
    });
    expect((await list({ siteId: site.id })).data).toEqual([]);
  });

  it('keeps an external id unique', async () => {
    await add({ externalId: 'R-1' });

    await expect(add({ externalId: 'R-1' })).rejects.toMatchObject({
      code: 'already-exists',
      extensions: { errors: [{ pointer: '/externalId' }] },
    });
  });

  it('lays a part where the whole is', async () => {
    const site = await given.aSite();
    const floor = await given.aFloor({ site });
    const hall = await add({ floorId: floor.id });

    const half = await add({ parentId: hall.id });

    expect(half).toMatchObject({ parentId: hall.id, site: { id: site.id }, floor: { id: floor.id } });
  });
});

describe('ChangeResource', () => {
  it('merges a patch, policy by policy, and tells what differs', async () => {
    const resource = await add({ description: 'Old', tags: ['a'], policy: { minDuration: 'PT30M', horizon: 'P10D' } });

    const changed = await change({
      id: resource.id,
      version: 1,
      patch: { description: null, capacity: 8, tags: ['b', 'B', 'c'], policy: { minDuration: null } },
    });

    expect(changed).toMatchObject({
      name: resource.name,
      description: null,
      capacity: 8,
      tags: ['b', 'c'],
      policy: { horizon: 'P10D' },
      version: 2,
    });
    expect((await given.eventsOf(resource)).at(-1)).toMatchObject({
      type: 'resource.updated',
      data: { before: { capacity: null, tags: ['a'] }, after: { capacity: 8, tags: ['b', 'c'] } },
    });
  });

  it('answers an older version with what the resource is now, and does nothing where nothing differs', async () => {
    const resource = await add({ capacity: 4 });
    const same = await change({ id: resource.id, version: 1, patch: { capacity: 4 } });
    await change({ id: resource.id, version: 1, patch: { capacity: 5 } });

    const late = change({ id: resource.id, version: 1, patch: { capacity: 6 } });

    expect(same.version).toBe(1);
    await expect(late).rejects.toMatchObject({ code: 'precondition-failed', extensions: { current: { capacity: 5, version: 2 } } });
  });

  it('does not take away units somebody has', async () => {
    const kits = await add({ units: 3 });
    await given.aReservationOf(kits, { from: new Date('2026-12-02T09:00:00Z'), to: new Date('2026-12-02T10:00:00Z'), lane: 3 });

    await expect(change({ id: kits.id, version: 1, patch: { units: 2 } })).rejects.toMatchObject({ code: 'resource-has-reservations' });
    expect(await change({ id: kits.id, version: 1, patch: { units: 4 } })).toMatchObject({ units: 4 });
  });
});

describe('the list of resources', () => {
  it('filters by words, tags, place, type, capacity and status together', async () => {
    const site = await given.aSite();
    const floor = await given.aFloor({ site });
    const type = await given.aType();
    await given.aResource({ name: 'Zeta projector', tags: ['video', 'large'], site, floor, type, capacity: 12, location: 'East Wing' });
    await given.aResource({ name: 'Zeta screen', tags: ['video'], site, type, capacity: 4 });
    await given.aResource({ name: 'Zeta archived', site, type, status: 'archived' });
    await given.aResource({ name: 'Zeta resting', site, type, status: 'maintenance', statusUntil: new Date('2026-12-01T09:00:00Z') });
    await given.aResource({ name: 'Zeta rested', site, type, status: 'maintenance', statusUntil: new Date('2026-12-01T07:59:59Z') });
    const names = async (query: Partial<ResourceQuery>) => (await list({ siteId: site.id, ...query })).data.map((it) => it.name);

    expect(await names({ q: 'wing ZETA' })).toEqual(['Zeta projector']);
    expect(await names({ q: '100%' })).toEqual([]);
    expect(await names({ tag: ['video', 'large'] })).toEqual(['Zeta projector']);
    expect(await names({ floorId: floor.id, typeId: type.id })).toEqual(['Zeta projector']);
    expect(await names({ capacity: 5 })).toEqual(['Zeta projector']);
    expect(await names({ status: ['maintenance'] })).toEqual(['Zeta resting']);
    expect(await names({ status: ['available', 'archived'] })).toEqual(['Zeta archived', 'Zeta projector', 'Zeta rested', 'Zeta screen']);
    expect(await names({})).toEqual(['Zeta projector', 'Zeta rested', 'Zeta resting', 'Zeta screen']);
  });

  it('hides archived ones from who is no administrator', async () => {
    const site = await given.aSite();
    const archived = await given.aResource({ site, status: 'archived' });
    const { queries } = catalogueOn(db.database, clock);

    expect((await list({ siteId: site.id, status: ['archived'] }, given.anActor({ role: 'user' }))).data).toEqual([]);
    await expect(queries.one(given.anActor({ role: 'user' }), archived.id)).rejects.toMatchObject({ code: 'not-found' });
    expect(await queries.one(admin, archived.id)).toMatchObject({ status: 'archived' });
  });

  it.each(['name', '-name', 'capacity', '-capacity', 'created'] as const)('goes through all of them once by %s', async (sort) => {
    const site = await given.aSite();
    const capacities = [4, undefined, 2, 4, undefined];
    for (const [i, capacity] of capacities.entries()) await given.aResource({ name: `${'ecbda'[i]} ${sort}`, capacity, site });

    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ siteId: site.id, sort, limit: 2, cursor, count: 'exact' });
      seen.push(...page.data.map((it) => it.name[0]!));
      expect(page.total).toBe(5);
      cursor = page.page.nextCursor ?? undefined;
    } while (cursor);

    const expected = { name: 'abcde', '-name': 'edcba', capacity: 'bedca', '-capacity': 'deb', created: 'ecbda' }[sort];
    if (sort === 'capacity') expect(seen.slice(0, 3).join('')).toBe('bed');
    else if (sort === '-capacity') expect(seen.slice(0, 3).join('')).toBe(expected);
    else expect(seen.join('')).toBe(expected);
    expect([...seen].sort().join('')).toBe('abcde');
  });

  it('counts tags of what is not archived', async () => {
    await given.aResource({ tags: ['unusual', 'odd'] });
    await given.aResource({ tags: ['unusual'] });
    await given.aResource({ tags: ['unusual'], status: 'archived' });

    const { data } = await catalogueOn(db.database, clock).queries.tags(admin);

    expect(data).toEqual(
      expect.arrayContaining([
        { tag: 'odd', count: 1 },
        { tag: 'unusual', count: 2 },
      ]),
    );
  });
});

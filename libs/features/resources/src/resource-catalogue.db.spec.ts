import { newId } from '@berth/kernel';
import { SetClock, useDatabase } from '@berth/platform/testing';
import { catalogueOn, resourcesGiven } from './testing';

const db = useDatabase();
const given = resourcesGiven(db);
const clock = new SetClock(new Date('2026-12-01T08:00:00Z'));
const admin = given.anActor();
const nine = { weekday: 1, intervals: [{ opens: '09:00', closes: '17:00' }] } as const;

describe('ResourceCatalogue', () => {
  it('gives all that booking asks, each with where it was set', async () => {
    const site = await given.aSite({ name: 'Lisbon', timeZone: 'Europe/Lisbon', policy: { bufferAfter: 'PT10M' } });
    const floor = await given.aFloor({ site, name: 'Ground' });
    const hall = await given.aResource({
      name: 'Hall',
      site,
      floor,
      units: 2,
      capacity: 40,
      policy: { approval: { mode: 'required', deadline: 'P2D', approvers: [] } },
    });
    const half = await given.aResource({ name: 'Half', parent: hall });
    await db.asOwner(`update site set hours = $1 where id = $2`, [JSON.stringify({ days: [nine] }), site.id]);
    await given.aBlackout({
      resource: hall,
      from: new Date('2026-12-05T00:00:00Z'),
      to: new Date('2026-12-06T00:00:00Z'),
      reason: 'Painting',
    });
    await given.aBlackout({ site, from: new Date('2026-12-04T00:00:00Z'), to: new Date('2026-12-07T00:00:00Z') });
    await given.aBlackout({ from: new Date('2026-12-24T00:00:00Z'), to: new Date('2026-12-27T00:00:00Z') });
    await given.aBlackout({ resource: hall, from: new Date('2026-11-05T00:00:00Z'), to: new Date('2026-11-06T00:00:00Z') });

    const terms = await catalogueOn(db.database, clock).catalogue.terms(db.organizationId, hall.id);

    expect(terms).toMatchObject({
      ...{
        id: hall.id,
        name: 'Hall',
        siteId: site.id,
        siteName: 'Lisbon',
        floorId: floor.id,
        floorName: 'Ground',
        timeZone: 'Europe/Lisbon',
      },
      ...{ units: 2, capacity: 40, bookable: true, leaves: [half.id], requiresApproval: true, version: 1 },
      hours: { value: { days: [nine] }, source: { level: 'site', id: site.id, name: 'Lisbon' } },
      state: { status: 'available' },
    });
    expect(terms?.policy.bufferAfter).toEqual({ value: 10, source: { level: 'site', id: site.id, name: 'Lisbon' } });
    expect(terms?.blackouts.map((it) => [it.start.toISOString().slice(0, 10), it.source.level, it.reason])).toEqual([
      ['2026-12-04', 'site', undefined],
      ['2026-12-05', 'resource', 'Painting'],
      ['2026-12-24', 'organization', undefined],
    ]);
    expect(terms?.epoch).toBe(await given.epoch());
  });

  it('knows nothing of another organization, not even what it remembers', async () => {
    const resource = await given.aResource();
    const { catalogue } = catalogueOn(db.database, clock);
    await catalogue.terms(db.organizationId, resource.id);
    const other = await given.anotherOrganization();

    expect(await catalogue.terms(other.id, resource.id)).toBeUndefined();
    expect(await catalogue.termsOfMany(other.id, [resource.id])).toEqual(new Map());
    expect(await catalogue.terms(db.organizationId, newId())).toBeUndefined();
  });

  it('remembers terms until it is told to forget, and looks whether they still hold where nobody else will', async () => {
    const resource = await given.aResource({ capacity: 4 });
    const { catalogue } = catalogueOn(db.database, clock);
    const first = await catalogue.terms(db.organizationId, resource.id);
    await db.asOwner(`update resource set capacity = 5, version = version + 1 where id = $1`, [resource.id]);

    expect(await catalogue.terms(db.organizationId, resource.id)).toBe(first);
    expect((await catalogue.termsOfMany(db.organizationId, [resource.id])).get(resource.id)).toMatchObject({ capacity: 5, version: 2 });

    await db.asOwner(`update organization set epoch = epoch + 1 where id = $1`, [db.organizationId]);
    catalogue.forget(resource.id);
    expect(await catalogue.terms(db.organizationId, resource.id)).toMatchObject({ epoch: first!.epoch + 1 });
  });

  it('forgets what a use case of this process has changed', async () => {
    const { catalogue, addResource, changeStatus } = catalogueOn(db.database, clock);
    const hall = await addResource.execute(admin, { name: 'Hall' });
    await catalogue.terms(db.organizationId, hall.id);

    const half = await addResource.execute(admin, { name: 'Half', parentId: hall.id });
    expect(await catalogue.terms(db.organizationId, hall.id)).toMatchObject({ leaves: [half.id], version: 2 });

    await changeStatus.execute(admin, { id: hall.id, status: 'maintenance', until: '2026-12-01T10:00:00Z' });
    expect(await catalogue.terms(db.organizationId, hall.id)).toMatchObject({
      state: { status: 'maintenance', maintenance: { start: new Date('2026-12-01T08:00:00Z'), end: new Date('2026-12-01T10:00:00Z') } },
    });
  });
});

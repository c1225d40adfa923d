import { newId } from '@berth/kernel';
import { SetClock, silentOutbox, useDatabase } from '@berth/platform/testing';
import { AddSite } from './add-site';
import { ChangeSite } from './change-site';
import { PlacesQueries } from './places.queries';
import { placesGiven } from './testing';

const db = useDatabase();
const given = placesGiven(db);
const clock = new SetClock(new Date('2026-12-01T08:00:00Z'));
const admin = given.anActor();
const add = (command: Partial<Parameters<AddSite['execute']>[1]> = {}) =>
  new AddSite(db.database, silentOutbox(), clock).execute(admin, {
    name: `Site ${newId()}`,
    countryCode: 'DE',
    timeZone: 'Europe/Berlin',
    ...command,
  });
const change = (command: Parameters<ChangeSite['execute']>[1]) => new ChangeSite(db.database, silentOutbox()).execute(admin, command);
const queries = () => new PlacesQueries(db.database);

describe('AddSite', () => {
  it('adds a site and tells it', async () => {
    const site = await add({ name: 'HQ', latitude: 52.5, longitude: 13.4, policy: { minDuration: 'PT60M' } });

    expect(site).toMatchObject({
      name: 'HQ',
      countryCode: 'DE',
      latitude: 52.5,
      policy: { minDuration: 'PT1H' },
      resourceCount: 0,
      version: 1,
    });
    expect(await given.eventsOf(site)).toMatchObject([{ type: 'site.created', data: { name: 'HQ', siteIds: [site.id] } }]);
  });

  it('takes a name once, whatever its capital letters', async () => {
    await add({ name: 'Depot' });

    await expect(add({ name: 'DEPOT' })).rejects.toMatchObject({ code: 'already-exists', extensions: { errors: [{ pointer: '/name' }] } });
  });

  it('says what is wrong in a policy', async () => {
    const misspelt: object = { minDuration: 'soon', colour: 'red' };
    const wrong = add({ policy: misspelt });

    await expect(wrong).rejects.toMatchObject({
      code: 'validation-failed',
      extensions: { errors: [{ pointer: '/policy/minDuration' }, { pointer: '/policy/colour' }] },
    });
  });
});

describe('ChangeSite', () => {
  it('changes what the patch names and makes remembered terms be judged again', async () => {
    const site = await add({ address: 'Main street 1', policy: { minDuration: 'PT30M', horizon: 'P10D' } });
    const epoch = await given.epoch();

    const changed = await change({ id: site.id, version: 1, patch: { address: null, policy: { minDuration: null, slotStep: 'PT5M' } } });

    expect(changed).toMatchObject({ name: site.name, address: null, policy: { horizon: 'P10D', slotStep: 'PT5M' }, version: 2 });
    expect(changed.policy).not.toHaveProperty('minDuration');
    expect(await given.epoch()).toBe(epoch + 1);
    expect((await given.eventsOf(site)).at(-1)).toMatchObject({
      type: 'site.updated',
      data: { before: { address: 'Main street 1' }, after: { address: null } },
    });
  });

  it('answers an older version with what the site is now', async () => {
    const site = await add();
    await change({ id: site.id, version: 1, patch: { name: 'Moved on' } });

    const late = change({ id: site.id, version: 1, patch: { name: 'Too late' } });

    await expect(late).rejects.toMatchObject({ code: 'precondition-failed', extensions: { current: { name: 'Moved on', version: 2 } } });
  });

  it('does and tells nothing when nothing differs', async () => {
    const site = await add({ policy: { minDuration: 'PT30M', bufferAfter: 'PT10M' } });
    const epoch = await given.epoch();

    const same = await change({ id: site.id, version: 1, patch: { policy: { bufferAfter: 'PT10M' }, name: site.name } });

    expect(same.version).toBe(1);
    expect(await given.epoch()).toBe(epoch);
    expect(await given.eventsOf(site)).toHaveLength(1);
  });

  it('lets one of two simultaneous changes of a version win', async () => {
    const site = await add();

    const outcomes = await Promise.allSettled([
      change({ id: site.id, version: 1, patch: { address: 'A' } }),
      change({ id: site.id, version: 1, patch: { address: 'B' } }),
    ]);

    expect(outcomes.map((it) => it.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('does not find a site of another organization', async () => {
    const elsewhere = await given.aSite({ organizationId: (await given.anotherOrganization()).id });

    await expect(change({ id: elsewhere.id, version: 1, patch: { name: 'Mine' } })).rejects.toMatchObject({ code: 'not-found' });
    await expect(queries().site(admin, elsewhere.id)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the list of sites', () => {
  it('goes through all of them by name, page by page', async () => {
    for (const name of ['page b', 'Page a', 'PAGE c']) await given.aSite({ name });

    const first = await queries().sitesPage(admin, { limit: 2, q: 'page' });
    const second = await queries().sitesPage(admin, { limit: 2, q: 'page', cursor: first.page.nextCursor! });

    expect([...first.data, ...second.data].map((it) => it.name)).toEqual(['Page a', 'page b', 'PAGE c']);
    expect(second.page).toEqual({ hasMore: false, nextCursor: null });
  });

  it('refuses a cursor it did not make', async () => {
    const forged = Buffer.from(JSON.stringify(['a', 'not-an-id'])).toString('base64url');

    await expect(queries().sitesPage(admin, { limit: 2, cursor: forged })).rejects.toMatchObject({ code: 'invalid-cursor' });
  });
});

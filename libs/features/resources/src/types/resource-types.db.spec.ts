import { SetClock, silentOutbox, useDatabase } from '@berth/platform/testing';
import { resourcesGiven } from '../testing';
import { AddResourceType } from './add-resource-type';
import { ChangeResourceType } from './change-resource-type';
import { defaultTypeId } from './resource-type.store';
import { ResourceTypesQueries } from './resource-types.queries';

const db = useDatabase();
const given = resourcesGiven(db);
const clock = new SetClock(new Date('2026-12-01T08:00:00Z'));
const admin = given.anActor();
const add = (key: string) => new AddResourceType(db.database, silentOutbox(), clock).execute(admin, { key, name: 'Room', cutype: 'ROOM' });

describe('resource types', () => {
  it('are added once for each key', async () => {
    const room = await add('room');

    expect(room).toMatchObject({ key: 'room', icon: 'box', cutype: 'ROOM', isDefault: false, policy: {}, resourceCount: 0, version: 1 });
    await expect(add('room')).rejects.toMatchObject({ code: 'already-exists', extensions: { errors: [{ pointer: '/key' }] } });
  });

  it('are judged again by everyone who remembers what inherits from them', async () => {
    const type = await add('lab');
    const epoch = await given.epoch();

    const changed = await new ChangeResourceType(db.database, silentOutbox()).execute(admin, {
      id: type.id,
      version: 1,
      patch: { policy: { horizon: 'P7D' } },
    });

    expect(changed).toMatchObject({ policy: { horizon: 'P7D' }, version: 2 });
    expect(await given.epoch()).toBe(epoch + 1);
  });

  it('ask nothing whose default is no answer', async () => {
    const type = await add('asking');
    const change = (options: string[]) =>
      new ChangeResourceType(db.database, silentOutbox()).execute(admin, {
        id: type.id,
        version: 1,
        patch: { fields: [{ key: 'setup', label: 'Set-up', kind: 'select', required: false, options, default: 'rows' }] },
      });

    await expect(change(['circle'])).rejects.toMatchObject({
      extensions: { errors: [{ pointer: '/fields/0/default', code: 'not-an-option' }] },
    });
    expect((await change(['rows', 'circle'])).fields).toMatchObject([{ key: 'setup', default: 'rows' }]);
  });

  it('ask about the person until somebody says otherwise, which stands in the log', async () => {
    const type = await add('personal');
    const question = { key: 'costCentre', label: 'Cost centre', kind: 'text', required: false, options: [] } as const;
    const change = (version: number, personal?: boolean) =>
      new ChangeResourceType(db.database, silentOutbox()).execute(admin, {
        id: type.id,
        version,
        patch: { fields: [{ ...question, ...(personal !== undefined && { personal }) }] },
      });

    expect((await change(1)).fields).toEqual([{ ...question, personal: true }]);
    expect((await change(2, true)).version).toBe(2);
    expect((await change(2, false)).fields).toEqual([{ ...question, personal: false }]);
    const [told] = await db.asOwner(
      `select data -> 'before' as before, data -> 'after' as after from event where subject_id = $1 order by position desc`,
      [type.id],
    );
    expect(told).toMatchObject({ before: { fields: [{ personal: true }] }, after: { fields: [{ personal: false }] } });
  });

  it('count what they have', async () => {
    const type = await add('counted');
    await given.aResource({ type });
    await given.aResource({ type, status: 'archived' });

    const { data } = await new ResourceTypesQueries(db.database).page(admin, { limit: 10, q: 'counted' });

    expect(data).toMatchObject([{ key: 'counted', resourceCount: 1 }]);
  });

  it('have one default, also when a type took its key before', async () => {
    const type = await add('resource');

    const found = await db.database.transaction(admin, (tx) => defaultTypeId(tx, db.organizationId, clock.now()));

    expect(found).toBe(type.id);
  });
});

import { useDatabase } from '@berth/platform/testing';
import { ChangeDetails } from './change-details';
import { at, from, reservationsGiven, reservationsOn } from './testing';
import { silentOutbox } from '@berth/resources/testing';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);
const fields = [
  { key: 'project', label: 'Project', kind: 'text', required: true, options: [] },
  { key: 'setup', label: 'Set-up', kind: 'select', required: false, options: ['rows', 'circle'] },
];

async function asking() {
  const type = await given.aType();
  await db.asOwner('update resource_type set fields = $2 where id = $1', [type.id, JSON.stringify(fields)]);
  return given.aResource({ type });
}
const wish = (resource: { id: string }, customFields?: Record<string, unknown>, start = '09:00', end = '10:00') => ({
  resourceIds: [resource.id],
  quantity: 1,
  ...from(start).to(end),
  customFields,
});

beforeEach(() => on.clock.set(at('08:00')));

describe('Custom fields of a reservation', () => {
  it('are asked by every door that books', async () => {
    const resource = await asking();
    const ada = await given.aPerson();
    const missing = { code: 'validation-failed', extensions: { errors: [{ pointer: '/customFields/project', code: 'required' }] } };

    await expect(on.book.execute(ada, wish(resource))).rejects.toMatchObject(missing);
    await expect(on.check.execute(ada, wish(resource))).rejects.toMatchObject(missing);
    const body = { resourceId: resource.id, start: at('09:00').toISOString(), end: at('10:00').toISOString() };
    const many = await on.bulk.book.execute(ada, { mode: 'bestEffort', items: [body], language: 'en', patience: Infinity });
    expect(many).toMatchObject({ results: [{ status: 400, problem: { code: 'validation-failed' } }] });
    // Holding a time asks nothing yet.
    await expect(on.hold.execute(ada, wish(resource))).resolves.toMatchObject({ resourceId: resource.id });
  });

  it('are kept, shown to those who may see them, and no others', async () => {
    const resource = await asking();
    const ada = await given.aPerson();
    const booked = await on.book.execute(ada, { ...wish(resource, { project: 'Apollo', setup: '' }), private: true });

    expect(booked.customFields).toEqual({ project: 'Apollo' });
    expect((await on.queries.one(ada, booked.id)).customFields).toEqual({ project: 'Apollo' });
    expect((await on.queries.one(await given.aPerson(), booked.id)).customFields).toEqual({});
  });

  it('refuse what is not an option, and what nobody asked', async () => {
    const resource = await asking();

    const refused = on.book.execute(await given.aPerson(), wish(resource, { project: 'x', setup: 'heap', colour: 'red' }));

    await expect(refused).rejects.toMatchObject({
      extensions: { errors: [{ pointer: '/customFields/colour' }, { pointer: '/customFields/setup', code: 'not-an-option' }] },
    });
    expect(await given.occupancyOf(resource)).toEqual([]);
  });

  it('are changed one by one, and none that is required is taken back', async () => {
    const resource = await asking();
    const ada = await given.aPerson();
    const booked = await on.book.execute(ada, wish(resource, { project: 'Apollo', setup: 'rows' }));
    const change = new ChangeDetails(db.database, on.queries, silentOutbox(), on.clock, on.catalogue);

    expect((await change.execute(ada, booked.id, { customFields: { setup: null } })).customFields).toEqual({ project: 'Apollo' });
    await expect(change.execute(ada, booked.id, { customFields: { project: null } })).rejects.toMatchObject({ code: 'validation-failed' });
    expect((await change.execute(ada, booked.id, { title: 'Sync' })).customFields).toEqual({ project: 'Apollo' });
  });

  it('go with the parts when a reservation is split', async () => {
    const resource = await asking();
    const ada = await given.aPerson();
    const booked = await on.book.execute(ada, wish(resource, { project: 'Apollo' }, '09:00', '12:00'));

    const done = await on.editIntervals.execute(ada, { id: booked.id, intervals: [from('09:00').to('10:00'), from('11:00').to('12:00')] });

    for (const id of [...done.updated, ...done.created])
      expect((await on.queries.one(ada, id)).customFields).toEqual({ project: 'Apollo' });
  });
});

import { useDatabase } from '@berth/platform/testing';
import { at, from, reservationsGiven, reservationsOn } from './testing';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);
const list = { limit: 50, sort: 'start' as const };

/** What layers above say, from the organization to the resource, and whether others read the title. */
const table = [
  ['nothing', {}, true],
  ['managers, by the resource', { resource: 'managers' }, false],
  ['attendees, by the resource', { resource: 'attendees' }, false],
  ['managers, by its type', { type: 'managers' }, false],
  ['managers, by its site', { site: 'managers' }, false],
  ['everyone by the resource, over its type', { resource: 'organization', type: 'managers' }, true],
  ['everyone by the type, over the site', { type: 'organization', site: 'managers' }, true],
] as const;

describe('The title of somebody else’s reservation', () => {
  beforeEach(() => on.clock.set(at('08:00')));

  it.each(table)(
    'is for whom the nearest layer says: %s',
    async (_, layers: { resource?: string; type?: string; site?: string }, isTold) => {
      const [ana, jo, admin] = [await given.aPerson(), await given.aPerson(), await given.aPerson('admin')];
      const policy = (titlesVisibleTo: string | undefined) => (titlesVisibleTo ? { policy: { titlesVisibleTo } } : {});
      const site = await given.aSite();
      const type = await given.aType(policy(layers.type) as object);
      const room = await given.aResource({ site, type, ...(policy(layers.resource) as object) });
      if (layers.site) await db.asOwner(`update site set policy = $1 where id = $2`, [policy(layers.site).policy, site.id]);
      const booked = await on.book.execute(ana, {
        resourceIds: [room.id],
        quantity: 1,
        ...from('09:00').to('10:00'),
        title: 'Canary',
        description: 'Song',
      });

      for (const [reader, expected] of [
        [ana, true],
        [jo, isTold],
        [admin, true],
      ] as const) {
        const told = JSON.stringify([await on.queries.one(reader, booked.id), await on.queries.history(reader, booked.id)]);
        const found = await on.queries.page(reader, { q: 'Canary', resource: [room.id], sort: 'start' }, list);
        const { title } = await on.queries.one(reader, booked.id);

        expect([title, told.includes('Canary'), told.includes('Song'), found.data.length]).toEqual(
          expected ? ['Canary', true, true, 1] : [null, false, false, 0],
        );
      }
    },
  );

  it('is not told by its history either, in what was asked, suggested and given as a reason', async () => {
    const [ana, jo] = [await given.aPerson(), await given.aPerson()];
    const room = await given.aResource({ policy: { titlesVisibleTo: 'managers' } });
    const { id } = await on.book.execute(ana, { resourceIds: [room.id], quantity: 1, ...from('09:00').to('10:00') });
    await on.cancel.execute(ana, { id, undoSeconds: 0, reason: 'Canary' });
    await db.asOwner(`update event set data = data || '{"question": {"question": "Canary", "answer": "Song"}}' where subject_id = $1`, [
      id,
    ]);
    const told = async (reader: typeof ana) => JSON.stringify(await on.queries.history(reader, id));

    expect(await told(ana)).toMatch(/Canary.*Song/);
    expect(await told(jo)).not.toMatch(/Canary|Song/);
    expect(await told(jo)).toContain('reservation.cancelled');
  });
});

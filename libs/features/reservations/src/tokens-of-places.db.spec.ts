import type { Actor } from '@berth/platform/auth';
import { useDatabase, workOff } from '@berth/platform/testing';
import { visibleResources } from '@berth/resources';
import type { BulkOutcome } from './bulk/bulk-outcome';
import type { Job } from './bulk/jobs/job';
import type { Reservation } from './reservation';
import { at, from, reservationsGiven, reservationsOn } from './testing';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);
const wish = (resource: { id: string }, day = 7) => ({ resourceIds: [resource.id], quantity: 1, ...from('12:00', day).to('13:00') });
const onlyOf = (actor: Actor, resource: { id: string }): Actor => ({ ...actor, within: { siteIds: [], resourceIds: [resource.id] } });
const notFound = { code: 'not-found' };

describe('A token of some places', () => {
  beforeEach(() => on.clock.set(at('08:00')));

  it('sees a resource with what it consists of, and books nothing else, whatever its owner may', async () => {
    const site = await given.aSite();
    const hall = await given.aResource({ site });
    const half = await given.aResource({ site, parent: hall });
    const beside = await given.aResource({ site });
    const admin = await given.aPerson('admin');
    const seen = async (actor: Actor) =>
      (await db.database.of(db.organizationId).sql<{ id: string }>`select r.id from resource r where ${visibleResources(actor)}`).map(
        (it) => it.id,
      );

    expect((await seen(onlyOf(admin, hall))).sort()).toEqual([hall.id, half.id].sort());
    expect(await seen({ ...admin, within: { siteIds: [site.id], resourceIds: [] } })).toEqual(
      expect.arrayContaining([hall.id, half.id, beside.id]),
    );
    await expect(on.book.execute(onlyOf(admin, hall), wish(beside))).rejects.toMatchObject(notFound);
    expect(await on.book.execute(onlyOf(admin, hall), wish(half))).toMatchObject({ status: 'confirmed' });
  });

  it('neither shows nor changes what its owner has elsewhere', async () => {
    const [door, elsewhere] = [await given.aResource(), await given.aResource()];
    const ada = await given.aPerson();
    const token = onlyOf(ada, door);
    const [here, there] = [await on.book.execute(ada, wish(door)), await on.book.execute(ada, wish(elsewhere, 8))];
    const held = await on.hold.execute(ada, wish(elsewhere, 9));

    expect((await on.queries.mine(token, 'upcoming', { limit: 50 } as never)).data.map((it) => it.id)).toEqual([here.id]);
    expect(await on.queries.one(token, here.id)).toMatchObject({ id: here.id });
    for (const refused of [
      on.queries.one(token, there.id),
      on.queries.history(token, there.id),
      on.move.execute(token, { id: there.id, start: at('15:00', 8), end: at('16:00', 8) }),
      on.cancel.execute(token, { id: there.id, undoSeconds: 0 }),
      on.hold.refresh(token, held.id),
      on.hold.release(token, held.id),
    ])
      await expect(refused).rejects.toMatchObject(notFound);
    expect(await on.queries.one(ada, there.id)).toMatchObject({ status: 'confirmed' });
    await on.cancel.execute(token, { id: here.id, undoSeconds: 0 });
  });

  it('stays there in work that goes on after its answer, and sees no work of other tokens', async () => {
    const [door, elsewhere] = [await given.aResource(), await given.aResource()];
    const ada = await given.aPerson();
    const token = onlyOf(ada, door);
    const items = [door, elsewhere].map(({ id: resourceId }) => ({
      resourceId,
      start: at('12:00').toISOString(),
      end: at('13:00').toISOString(),
    }));
    const job = (await on.bulk.book.execute(token, { mode: 'bestEffort', items, language: 'en', patience: 0 })) as Job;
    await workOff(on.bulk.worker);

    const { results } = (await on.bulk.jobs.result(token, job.id)) as BulkOutcome<Reservation>;
    expect(results.map((it) => it.status)).toEqual([201, 404]);
    expect(await on.bulk.jobs.one(ada, job.id)).toMatchObject({ state: 'done' });
    await expect(on.bulk.jobs.one(onlyOf(ada, elsewhere), job.id)).rejects.toMatchObject(notFound);
    expect((await on.bulk.jobs.own(onlyOf(ada, elsewhere), undefined, { limit: 50 } as never)).data).toEqual([]);
  });
});

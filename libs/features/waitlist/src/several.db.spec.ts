import type { Actor } from '@berth/platform/auth';
import { useDatabase } from '@berth/platform/testing';
import { at, from, reservationsGiven } from '@berth/reservations/testing';
import type { JoinCommand } from './join-waitlist';
import { waitlistOn } from './testing';

const db = useDatabase();
const given = reservationsGiven(db);
const list = waitlistOn(db);
const { on } = list;
const morning = from('09:00').to('10:00');

type Room = Awaited<ReturnType<typeof given.aResource>>;
const booked = (actor: Actor, resource: Room, when = morning) =>
  on.book.execute(actor, { resourceIds: [resource.id], quantity: 1, ...when });
const joined = (actor: Actor, resources: readonly Room[], more: Partial<JoinCommand> = {}) =>
  list.join.execute(actor, {
    ...{ resourceIds: resources.map((it) => it.id), ...morning, flexMinutes: 0, quantity: 1, autoAccept: false, priority: 0 },
    ...more,
  });
const entry = (actor: Actor, id: string) => list.queries.one(actor, id);
const round = () => list.worker().round();
const free = (actor: Actor, { id }: { id: string }) => on.cancel.execute(actor, { id, undoSeconds: 0 });

/** A hall and a screen that somebody has in the morning, and two other people. */
async function aTakenPair() {
  const resources = [await given.aResource(), await given.aResource()].sort((a, b) => (a.id < b.id ? -1 : 1)) as [Room, Room];
  const [owner, ada, grace] = [await given.aPerson(), await given.aPerson(), await given.aPerson()];
  const [hall, screen] = [await booked(owner, resources[0]), await booked(owner, resources[1])];
  return { resources, owner, ada, grace, hall, screen };
}

describe('Several resources that are waited for together', () => {
  beforeEach(() => on.clock.set(at('08:00')));

  it('are offered only when all of them are free, held together and booked as one', async () => {
    const { resources, owner, ada, grace, hall, screen } = await aTakenPair();
    const { id } = await joined(ada, resources.toReversed());

    await free(owner, hall);
    await round();
    expect(await entry(ada, id)).toMatchObject({ status: 'waiting', resources });
    expect(await given.occupancyOf(resources[0])).toEqual([]);

    await free(owner, screen);
    await round();
    const { offer } = await entry(ada, id);
    expect(offer).toMatchObject({ start: '2026-12-07T09:00:00Z', resources });
    for (const it of resources) await expect(booked(grace, it)).rejects.toMatchObject({ code: 'slot-held' });

    const { reservationId } = await list.answer.accept(ada, id);
    const { resources: items } = await on.queries.one(ada, reservationId!);
    expect(items.map((it) => it.resourceId).sort()).toEqual(resources.map((it) => it.id));
    expect(await given.eventsOf({ id })).toEqual(['waitlist.joined', 'waitlist.offered', 'waitlist.accepted']);
  });

  it('go back together when they are declined, to who waits for one of them', async () => {
    const { resources, owner, ada, grace, hall, screen } = await aTakenPair();
    const [both, one] = [await joined(ada, resources), await joined(grace, [resources[1]])];
    await free(owner, hall);
    await free(owner, screen);
    await round();
    expect([(await entry(ada, both.id)).status, await entry(grace, one.id)]).toMatchObject(['offered', { status: 'waiting', position: 2 }]);

    await list.answer.decline(ada, both.id);
    await round();

    expect(await given.occupancyOf(resources[0])).toEqual([]);
    expect(await entry(grace, one.id)).toMatchObject({ status: 'offered', offer: { resources: [resources[1]] } });
  });

  it('do not keep the next from one of them while another is taken', async () => {
    const { resources, owner, ada, grace, screen } = await aTakenPair();
    const [both, one] = [await joined(ada, resources), await joined(grace, [resources[1]])];

    await free(owner, screen);
    await round();

    expect([(await entry(ada, both.id)).status, (await entry(grace, one.id)).status]).toEqual(['waiting', 'offered']);
  });

  it('take a time that all of them have within the flexibility', async () => {
    const { resources, owner, ada } = await aTakenPair();
    await booked(owner, resources[0], from('10:00').to('11:00'));
    const { id } = await joined(ada, resources, { flexMinutes: 120, autoAccept: true });

    await round();

    const { reservationId } = await entry(ada, id);
    expect(await on.queries.one(ada, reservationId!)).toMatchObject({ status: 'confirmed', start: '2026-12-07T08:00:00Z' });
  });

  it('keep the place of who books only one of them over the offer', async () => {
    const { resources, owner, ada, hall, screen } = await aTakenPair();
    const { id } = await joined(ada, resources);
    await free(owner, hall);
    await free(owner, screen);
    await round();

    await booked(ada, resources[0]);
    await round();

    expect(await entry(ada, id)).toMatchObject({ status: 'waiting', reservationId: null });
  });

  it('are one wish in whatever order, another than one of them alone, and no whole with a part of it', async () => {
    const { resources, ada } = await aTakenPair();
    const whole = await given.aResource();
    const part = await given.aResource({ parent: whole });
    await joined(ada, resources);

    await expect(joined(ada, resources.toReversed())).rejects.toMatchObject({ code: 'already-exists' });
    await expect(joined(ada, [resources[0]])).resolves.toMatchObject({ status: 'waiting' });
    await expect(joined(ada, [whole, part])).rejects.toMatchObject({ code: 'policy-violation' });
    await expect(joined(ada, [resources[0], { ...part, id: ada.accountId }])).rejects.toMatchObject({ code: 'not-found' });
  });

  it('go with the demo data when any of them is of it', async () => {
    const { resources, ada } = await aTakenPair();
    const { id } = await joined(ada, resources);
    await db.asOwner('update resource set demo = true where id = $1', [resources[1].id]);

    const going = await db.asOwner('select kind, id from demo_going($1, $2, false)', [ada.organizationId, ada.accountId]);

    expect(going).toContainEqual({ kind: 'waitlist_entry', id });
  });
});

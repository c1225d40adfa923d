import { newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { useDatabase } from '@berth/platform/testing';
import { at, from, reservationsGiven, reservationsOn } from './testing';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);
const list = { limit: 50, sort: 'start' as const };
const day = { start: at('00:00'), end: at('00:00', 8) };

/** Somebody with a name of their own, who lets it be read by whom they say. */
async function named(name: string, shownTo = 'everyone', role: Actor['role'] = 'user'): Promise<Actor> {
  const person = await given.aPerson(role);
  await db.asOwner(`update account set display_name = $1, name_shown_to = $2 where id = $3`, [name, shownTo, person.accountId]);
  return { ...person, displayName: name };
}

/** The person as a member of a group. */
async function inGroup(groupId: string, person: Actor): Promise<Actor> {
  await db.asOwner('insert into group_member (org_id, group_id, account_id, created_at) values ($1, $2, $3, now())', [
    db.organizationId,
    groupId,
    person.accountId,
  ]);
  return { ...person, groupIds: [groupId] };
}

async function aGroup(): Promise<string> {
  const id = newId();
  await db.asOwner(`insert into people_group (id, org_id, name, kind, created_at) values ($1, $2, $3, 'static', now())`, [
    id,
    db.organizationId,
    `Team ${id}`,
  ]);
  return id;
}

/** Every door at which the reader could hear whose a reservation is, and whether name or id comes through it. */
async function doors(reader: Actor, booked: { id: string }, room: { id: string }, { accountId }: Actor): Promise<Record<string, boolean>> {
  const file: string[] = [];
  for await (const chunk of on.bulk.export.execute(reader, { resource: [room.id], sort: 'start' })) file.push(chunk);
  const answers = {
    one: await on.queries.one(reader, booked.id),
    some: [...(await on.queries.some(reader, [booked.id])).values()],
    list: await on.queries.page(reader, { resource: [room.id], sort: 'start' }, list),
    history: await on.queries.history(reader, booked.id),
    grid: (await on.availability.grid(reader, [room.id], day)).bars,
    export: file,
  };
  const found = await on.queries.page(reader, { organizer: accountId, resource: [room.id], sort: 'start' }, list);
  const told = Object.entries(answers).map(([door, answer]) => [
    door,
    /Canary/.test(JSON.stringify(answer)) || JSON.stringify(answer).includes(accountId),
  ]);
  return Object.fromEntries([...told, ['search', found.data.length > 0]]) as Record<string, boolean>;
}

const all = (isTold: boolean) =>
  Object.fromEntries(['one', 'some', 'list', 'history', 'grid', 'export', 'search'].map((it) => [it, isTold]));

describe('Whose a reservation is', () => {
  beforeEach(() => on.clock.set(at('08:00')));

  it.each([
    ['everyone', true, true],
    ['groups', false, true],
    ['nobody', false, false],
  ])('is told at every door to whom its person says: %s', async (shownTo, toStranger, toMate) => {
    const group = await aGroup();
    const ana = await inGroup(group, await named('Canary', shownTo));
    const [stranger, mate, admin] = [await named('Jo'), await inGroup(group, await named('Bo')), await named('Root', 'nobody', 'admin')];
    const room = await given.aResource();
    const booked = await on.book.execute(ana, { resourceIds: [room.id], quantity: 1, ...from('09:00').to('10:00'), title: 'Sync' });

    for (const [reader, isTold] of [
      [stranger, toStranger],
      [mate, toMate],
      [ana, true],
      [admin, true],
    ] as const)
      expect(await doors(reader, booked, room, ana)).toEqual(all(isTold));
    expect((await on.queries.one(stranger, booked.id)).title).toBe('Sync');
  });

  it('is told to who books it for its person, to who is asked to approve it, and to who manages the resource', async () => {
    const [ana, jo] = [await named('Canary', 'nobody'), await named('Jo')];
    const assistant = await named('Assistant', 'everyone', 'admin');
    const room = await given.aResource({ policy: { approval: { mode: 'required', deadline: 'P2D', approvers: [] } } });
    const booked = await on.book.execute(assistant, {
      ...{ resourceIds: [room.id], quantity: 1, ...from('09:00').to('10:00'), onBehalfOf: ana.accountId },
    });
    const booker = { ...assistant, role: 'user' as const };
    const grant = { assignmentId: newId(), role: { id: newId(), name: 'Manager' }, groupId: null, siteId: null, until: null };
    const manager = { ...jo, grants: [{ ...grant, resourceId: room.id, permissions: new Set(['reservation:manage' as const]) }] };

    const [before, asBooker, asManager] = [
      await doors(jo, booked, room, ana),
      await doors(booker, booked, room, ana),
      await doors(manager, booked, room, ana),
    ];
    await db.asOwner(
      `insert into approval_approver (org_id, request_id, step, account_id) select org_id, id, 1, $2 from approval_request where reservation_id = $1`,
      [booked.id, jo.accountId],
    );

    expect(before).toEqual(all(false));
    expect([asBooker, asManager, await doors(jo, booked, room, ana)]).toEqual([all(true), all(true), all(true)]);
  });

  it('is told of who booked it for somebody as that person says, apart from whose it is', async () => {
    const [ana, jo] = [await named('Canary'), await named('Jo')];
    const shy = await named('Shy', 'nobody', 'admin');
    const room = await given.aResource();
    const { id } = await on.book.execute(shy, {
      ...{ resourceIds: [room.id], quantity: 1, ...from('09:00').to('10:00'), onBehalfOf: ana.accountId },
    });

    const [toJo, toAna] = [await on.queries.one(jo, id), await on.queries.one(ana, id)];

    expect([toJo.organizer?.displayName, toJo.bookedBy]).toEqual(['Canary', null]);
    expect([toAna.organizer?.displayName, toAna.bookedBy?.displayName]).toEqual(['Canary', 'Shy']);
    expect(JSON.stringify(await on.queries.history(jo, id))).not.toContain(shy.accountId);
  });

  it('stays untold of who had it before it was handed over', async () => {
    const [ana, bo, jo] = [await named('Canary', 'nobody'), await named('Bo'), await named('Jo')];
    const room = await given.aResource();
    const { id } = await on.book.execute(ana, { resourceIds: [room.id], quantity: 1, ...from('09:00').to('10:00') });
    await on.transfer.execute(ana, { id, to: bo.accountId });

    const told = JSON.stringify(await on.queries.history(jo, id));

    expect(told).not.toMatch(new RegExp(`Canary|${ana.accountId}`));
    expect(told).toContain(bo.accountId);
    expect((await on.queries.one(jo, id)).organizer?.displayName).toBe('Bo');
  });

  it('is kept back on a series and on an assigned desk as well', async () => {
    const [ana, jo, admin] = [await named('Canary', 'nobody'), await named('Jo'), await named('Root', 'everyone', 'admin')];
    const [room, desk] = [await given.aResource(), await given.aResource({ timeZone: 'UTC' })];
    const { series } = await on.series.book.execute(ana, {
      wish: { resourceIds: [room.id], quantity: 1, timeZone: 'UTC', ...from('09:00').to('10:00') },
      ...{ rrule: 'FREQ=DAILY;COUNT=2', exdates: [], rdates: [], onConflict: 'fail', resolutions: [] },
    });
    await given.anAssignment({ resource: desk, person: ana, from: at('06:00') });
    const told = async (reader: Actor) => (await on.series.queries.one(reader, series.id)).organizer?.displayName;
    const { assigned } = await on.availability.grid(jo, [desk.id], day);

    expect([await told(ana), await told(jo), await told(admin)]).toEqual(['Canary', undefined, 'Canary']);
    expect(assigned.flat().map((it) => it.person)).toEqual([null]);
  });
});

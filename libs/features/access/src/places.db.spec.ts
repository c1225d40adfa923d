import { GroupsQueries } from '@berth/people';
import { SetSiteAccess } from '@berth/places';
import { silentOutbox, SetClock, useDatabase } from '@berth/platform/testing';
import { ResourceCatalogue } from '@berth/resources';
import { AssignRole } from './assign-role';
import { AssignmentsQueries } from './assignments.queries';
import { ExplainQueries } from './explain.queries';
import { GatePreviewQueries } from './gates/gate-preview.queries';
import { GateQueries } from './gates/gate.queries';
import { accessGiven } from './testing';
import { GroupUsesQueries } from './uses/group-uses.queries';

const now = new Date('2026-12-01T08:00:00Z');
const db = useDatabase();
const given = accessGiven(db);
const clock = new SetClock(now);
const list = { limit: 50 };
const everyone = { mode: 'everyone' as const, groupIds: [] };
const members = (group: { id: string }) => ({ mode: 'groups' as const, groupIds: [group.id] });
const assignments = () => new AssignmentsQueries(db.database, clock);
const explained = () => new ExplainQueries(db.database, new GateQueries(db.database), clock);
const previews = () => new GatePreviewQueries(db.database, new ResourceCatalogue(db.database, clock), clock);
const give = async (roleId: string, to: { accountId: string }, place: { siteId?: string; resourceId?: string } = {}) =>
  new AssignRole(db.database, silentOutbox(), clock).execute(await given.aPerson('admin'), { roleId, accountId: to.accountId, ...place });

/** Two sites, a room at the first, and who manages the first. */
async function scene() {
  const [north, south] = [await given.aSite(), await given.aSite()];
  const room = await given.aResource({ site: north });
  const ana = await given.aPerson();
  const managing = await give('site-manager', ana, { siteId: north.id });
  return { north, south, room, managing, ana: await given.now(ana, now) };
}

describe('Who reads roles in one place', () => {
  it('reads who has which there, also what counts from above, and nothing of elsewhere', async () => {
    const { north, south, room, managing, ana } = await scene();
    const jo = await given.aPerson();
    const inRoom = await give('approver', jo, { resourceId: room.id });
    const elsewhere = await give('approver', jo, { siteId: south.id });
    const everywhere = await give('approver', jo);

    const ids = async (query: object) => (await assignments().page(ana, { ...list, ...query })).data.map((it) => it.id);
    expect((await ids({})).sort()).toEqual([managing.id, inRoom.id].sort());
    expect((await ids({ at: { siteId: north.id } })).sort()).toEqual(expect.arrayContaining([managing.id, everywhere.id].sort()));
    expect(await ids({ at: { resourceId: room.id } })).toEqual(expect.arrayContaining([managing.id, inRoom.id, everywhere.id]));
    expect(await ids({ at: { siteId: north.id } })).not.toContain(inRoom.id);
    expect([...(await ids({})), ...(await ids({ at: { resourceId: room.id } }))]).not.toContain(elsewhere.id);
    await expect(ids({ at: { siteId: south.id } })).rejects.toMatchObject({ code: 'permission-denied' });
    await expect(ids({ at: {} })).rejects.toMatchObject({ code: 'permission-denied' });
    expect(await assignments().places(ana)).toEqual(
      expect.arrayContaining([
        { place: { kind: 'site', id: north.id }, count: 1 },
        { place: { kind: 'resource', id: room.id }, count: 1 },
      ]),
    );
    expect((await assignments().places(ana)).map((it) => it.place.id)).not.toContain(south.id);
  });

  it('asks why only there, and is not told where else somebody has it', async () => {
    const { north, south, ana } = await scene();
    const jo = await given.aPerson();
    await give('site-manager', jo, { siteId: south.id });
    const ask = (siteId: string) => explained().explain(ana, { user: jo.accountId, permission: 'place:manage', siteId });

    expect(await ask(north.id)).toMatchObject({ allowed: false, elsewhere: [] });
    await expect(ask(south.id)).rejects.toMatchObject({ code: 'permission-denied' });
  });
});

describe('The explanation of a place with gates', () => {
  it('names the gate that is shut, the groups it opens to, and that a role there shows the place but books nothing', async () => {
    const { north, room, ana } = await scene();
    const owner = await given.aPerson('admin');
    const jo = await given.aPerson();
    const lab = await given.aGroup({ members: [jo] });
    await new SetSiteAccess(db.database, silentOutbox()).execute(owner, {
      id: north.id,
      version: 1,
      access: { see: members(lab), book: members(lab) },
    });
    const ask = async (user: { accountId: string }) =>
      explained().explain(owner, { user: user.accountId, permission: 'reservation:create', resourceId: room.id });

    expect(await ask(jo)).toMatchObject({
      allowed: true,
      sees: true,
      gates: [{ isOpen: true, groups: [{ id: lab.id, isIn: true }] }, {}, {}, {}],
    });
    expect(await ask(await given.aPerson())).toMatchObject({ allowed: false, hasRight: true, sees: false });
    const manager = await ask(ana);
    expect(manager).toMatchObject({ allowed: false, hasRight: true, sees: true });
    expect(manager.gates.filter((it) => !it.isOpen).map((it) => [it.verb, it.level])).toEqual([
      ['see', 'site'],
      ['book', 'site'],
    ]);
  });
});

describe('What a change of gates would do', () => {
  it('is counted for a site as the gates then let people in', async () => {
    const { north, ana } = await scene();
    const jo = await given.aPerson();
    const lab = await given.aGroup({ members: [jo] });
    const access = { see: members(lab), book: everyone };

    const { people, see, book } = await previews().ofSite(ana, north.id, access);

    expect(see.now).toBe(people);
    expect(see.gain).toBe(0);
    expect(see.lose).toBe(see.now - see.after);
    expect(see.people.map((it) => it.id)).not.toContain(jo.accountId);
    expect(see.people.map((it) => it.id)).not.toContain(ana.accountId);
    expect(book.after).toBeLessThan(book.now);
    await new SetSiteAccess(db.database, silentOutbox()).execute(ana, { id: north.id, version: 1, access });
    expect((await previews().ofSite(ana, north.id, access)).see).toMatchObject({ now: see.after, gain: 0, lose: 0 });
    expect((await previews().ofSite(ana, north.id, { see: everyone, book: everyone })).see).toMatchObject({ gain: see.lose, lose: 0 });
  });

  it('is counted for a resource behind the gates of its site', async () => {
    const { north, room, ana } = await scene();
    const [jo, kim] = [await given.aPerson(), await given.aPerson()];
    const [lab, team] = [await given.aGroup({ members: [jo, kim] }), await given.aGroup({ members: [jo] })];
    await new SetSiteAccess(db.database, silentOutbox()).execute(ana, {
      id: north.id,
      version: 1,
      access: { see: members(lab), book: everyone },
    });

    const { see, book } = await previews().ofResource(ana, room.id, { see: everyone, book: members(team) });

    expect(see).toMatchObject({ gain: 0, lose: 0 });
    expect(book.after).toBe(1);
    expect(book.people.map((it) => it.id)).toContain(kim.accountId);
    expect(book.people.map((it) => it.id)).not.toContain(jo.accountId);
  });

  it('is told to nobody who may not set them', async () => {
    const { south, ana } = await scene();
    await expect(previews().ofSite(ana, south.id, { see: everyone, book: everyone })).rejects.toMatchObject({ code: 'permission-denied' });
  });
});

describe('What a group is used for', () => {
  it('is its roles, the gates it opens and what it is asked to approve', async () => {
    const owner = await given.aPerson('admin');
    const lab = await given.aGroup();
    const north = await given.aSite();
    const room = await given.aResource({
      site: north,
      policy: { approval: { mode: 'required', deadline: 'P2D', approvers: [{ kind: 'group', id: lab.id }] } },
    });
    const access = { see: members(lab), book: everyone };
    await new SetSiteAccess(db.database, silentOutbox()).execute(owner, { id: north.id, version: 1, access });
    const command = { roleId: 'approver', groupId: lab.id, siteId: north.id };
    await new AssignRole(db.database, silentOutbox(), clock).execute(owner, command);
    const uses = new GroupUsesQueries(db.database, new GroupsQueries(db.database));

    const { data, total } = await uses.of(owner, lab.id);

    expect(total).toBe(3);
    expect(data).toEqual([
      { kind: 'role', role: { id: 'approver', name: null }, verb: null, place: { kind: 'site', id: north.id, name: north.name } },
      { kind: 'gate', role: null, verb: 'see', place: { kind: 'site', id: north.id, name: north.name } },
      { kind: 'approval', role: null, verb: null, place: { kind: 'resource', id: room.id, name: room.name } },
    ]);
    expect(await uses.of(owner, (await given.aGroup()).id)).toEqual({ data: [], total: 0 });
  });
});

import { ChangeMembership, DeleteGroup } from '@berth/people';
import { demand, may } from '@berth/platform/auth';
import { SetClock, silentOutbox, useDatabase } from '@berth/platform/testing';
import { AddRole } from './add-role';
import { AssignRole } from './assign-role';
import { ChangeRole } from './change-role';
import { ExplainQueries } from './explain.queries';
import { GateQueries } from './gates/gate.queries';
import { RolePreviewQueries } from './preview-role.queries';
import { RevokeAssignment } from './revoke-assignment';
import { accessGiven } from './testing';

const now = new Date('2026-12-01T08:00:00Z');
const db = useDatabase();
const given = accessGiven(db);
const clock = new SetClock(now);
const parts = () => [db.database, silentOutbox(), clock] as const;
const assign = () => new AssignRole(...parts());
const role = (actor: Parameters<AddRole['execute']>[0], ...permissions: Parameters<AddRole['execute']>[1]['permissions']) =>
  new AddRole(...parts()).execute(actor, { name: `Role ${permissions.join()} ${actor.accountId}`, description: null, permissions });

describe('A role at a place', () => {
  it('counts at the resource and its parts, and nowhere else', async () => {
    const [owner, ana] = [await given.aPerson('admin'), await given.aPerson()];
    const site = await given.aSite();
    const hall = await given.aResource({ site });
    const half = await given.aResource({ site, parent: hall });
    const other = await given.aResource({ site });

    await assign().execute(owner, { roleId: 'resource-manager', accountId: ana.accountId, resourceId: hall.id });

    const actor = await given.now(ana, now);
    const at = (...resourceIds: string[]) => may(actor, 'resource:manage', { siteId: site.id, resourceIds });
    expect([at(hall.id), at(half.id, hall.id), at(other.id), may(actor, 'resource:manage')]).toEqual([true, true, false, false]);
    expect(() => demand(actor, 'resource:manage', { siteId: site.id, resourceIds: [other.id] })).toThrow(
      expect.objectContaining({ extensions: { permission: 'resource:manage', scope: `resource:${other.id}` } }),
    );
  });

  it('begins and ends by its dates', async () => {
    const [owner, ana] = [await given.aPerson('admin'), await given.aPerson()];
    const site = await given.aSite();
    const [from, until] = [new Date('2026-12-02T00:00:00Z'), new Date('2026-12-05T00:00:00Z')];

    await assign().execute(owner, { roleId: 'site-manager', accountId: ana.accountId, siteId: site.id, from, until });

    const scope = { siteId: site.id, resourceIds: [] };
    const held = async (at: string) => may(await given.now(ana, new Date(at)), 'place:manage', scope);
    expect([await held('2026-12-01T23:59:59Z'), await held('2026-12-02T00:00:00Z'), await held('2026-12-05T00:00:00Z')]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('is handed on by who has it there, for no longer than they have it', async () => {
    const [owner, ana, jo] = [await given.aPerson('admin'), await given.aPerson(), await given.aPerson()];
    const [north, south] = [await given.aSite(), await given.aSite()];
    const until = new Date('2026-12-05T00:00:00Z');
    await assign().execute(owner, { roleId: 'site-manager', accountId: ana.accountId, siteId: north.id, until });
    const approver = { roleId: 'approver', accountId: jo.accountId };

    await expect(assign().execute(ana, { ...approver, siteId: south.id })).rejects.toMatchObject({ code: 'permission-denied' });
    await expect(assign().execute(ana, { ...approver, siteId: north.id })).rejects.toMatchObject({
      extensions: { permission: 'approval:manage', scope: `site:${north.id}` },
    });
    await expect(assign().execute(ana, { ...approver, siteId: north.id, until })).resolves.toMatchObject({
      grantedBy: { id: ana.accountId },
    });
  });
});

describe('Roles of one’s own', () => {
  it('are given, changed and taken by others only', async () => {
    const [owner, ana] = [await given.aPerson('admin'), await given.aPerson()];
    const made = await role(owner, 'role:manage', 'role:assign', 'role:read');
    const own = await assign().execute(owner, { roleId: made.id, accountId: ana.accountId });
    const refused = { code: 'permission-denied' };

    await expect(assign().execute(ana, { roleId: 'guest', accountId: ana.accountId })).rejects.toMatchObject(refused);
    await expect(
      new ChangeRole(...parts()).execute(ana, { id: made.id, version: 1, patch: { permissions: ['role:manage'] } }),
    ).rejects.toMatchObject(refused);
    await expect(new RevokeAssignment(...parts()).execute(ana, own.id)).rejects.toMatchObject(refused);
    await expect(role(ana, 'user:manage')).rejects.toMatchObject({ extensions: { permission: 'user:manage' } });
  });

  it('are lost at once by one of two who take them from each other at the same time', async () => {
    const owner = await given.aPerson('admin');
    const [ana, jo] = [await given.aPerson(), await given.aPerson()];
    const made = await role(owner, 'role:assign');
    const [hers, his] = [
      await assign().execute(owner, { roleId: made.id, accountId: ana.accountId }),
      await assign().execute(owner, { roleId: made.id, accountId: jo.accountId }),
    ];

    const outcomes = await Promise.allSettled([
      new RevokeAssignment(...parts()).execute(ana, his.id),
      new RevokeAssignment(...parts()).execute(jo, hers.id),
    ]);

    expect(outcomes.map((it) => it.status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('A group', () => {
  it('gives its roles to who is in it, by name or by rule', async () => {
    const owner = await given.aPerson('admin');
    const [ana, jo] = [await given.aPerson(), await given.aPerson('user', `jo-${owner.accountId}@lab.example`)];
    const byName = await given.aGroup({ members: [ana] });
    const byRule = await given.aGroup({ domains: ['lab.example'] });
    await assign().execute(owner, { roleId: 'approver', groupId: byName.id });
    await assign().execute(owner, { roleId: 'approver', groupId: byRule.id });

    for (const person of [ana, jo]) expect(may(await given.now(person, now), 'approval:manage')).toBe(true);
    const stranger = await given.aPerson('user', `kim-${owner.accountId}@lab.example`);
    await db.asOwner('update account set email_verified_at = null where id = $1', [stranger.accountId]);
    expect(may(await given.now(stranger, now), 'approval:manage')).toBe(false);
    await expect(new DeleteGroup(...parts()).execute(owner, byName.id, 1)).rejects.toMatchObject({ code: 'still-in-use' });
  });

  it('takes members from those who may add members, and nobody else', async () => {
    const owner = await given.aPerson('admin');
    const [ana, jo, kim] = [await given.aPerson(), await given.aPerson(), await given.aPerson()];
    const { id: groupId } = await given.aGroup();
    const membership = new ChangeMembership(...parts());
    await membership.execute(owner, { to: 'in', groupId, accountId: ana.accountId, mayAddMembers: true });

    await expect(membership.execute(ana, { to: 'in', groupId, accountId: jo.accountId, mayAddMembers: false })).resolves.toMatchObject({
      memberCount: 2,
    });
    await expect(membership.execute(jo, { to: 'in', groupId, accountId: kim.accountId, mayAddMembers: false })).rejects.toMatchObject({
      code: 'permission-denied',
    });
    await expect(membership.execute(ana, { to: 'in', groupId, accountId: jo.accountId, mayAddMembers: true })).rejects.toMatchObject({
      code: 'permission-denied',
    });
  });
});

describe('An organization', () => {
  it('keeps an owner, also when the last two resign at the same time', async () => {
    const { id: org } = await given.anotherOrganization();
    const ids = ['a', 'b'].map((it) => `${it.repeat(8)}-0000-7000-8000-000000000000`);
    for (const id of ids)
      await db.asOwner(
        `insert into account (id, org_id, username, email, display_name, role, created_at) values ($1, $2, $3, $4, 'Owner', 'admin', now())`,
        [id, org, `owner-${id}`, `${id}@acme.example`],
      );

    const outcomes = await Promise.allSettled(
      ids.map((id) =>
        db.database.transaction(
          { organizationId: org, accountId: id, requestId: 'test' },
          (tx) => tx.sql`update account set role = 'user' where id = ${id}`,
        ),
      ),
    );

    expect(outcomes.map((it) => it.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes).toContainEqual(expect.objectContaining({ reason: expect.objectContaining({ constraint: 'organization_has_owner' }) }));
  });
});

describe('The explanation', () => {
  it('names what allows it there, what would allow it elsewhere, and who can give it', async () => {
    const owner = await given.aPerson('admin');
    const ana = await given.aPerson();
    const [north, south] = [await given.aSite(), await given.aSite()];
    const assigned = await assign().execute(owner, { roleId: 'site-manager', accountId: ana.accountId, siteId: north.id });
    const queries = new ExplainQueries(db.database, new GateQueries(db.database), clock);
    const ask = (siteId: string) => queries.explain(owner, { user: ana.accountId, permission: 'place:manage', siteId });

    expect(await ask(north.id)).toMatchObject({ allowed: true, byRole: null, assignments: [{ id: assigned.id }], elsewhere: [] });
    const no = await ask(south.id);
    expect(no).toMatchObject({ allowed: false, scope: `site:${south.id}`, assignments: [], elsewhere: [{ id: assigned.id }] });
    expect(no.roles.map((it) => it.id)).toEqual(expect.arrayContaining(['admin', 'site-manager']));
    expect(no.grantors.map((it) => it.id)).toContain(owner.accountId);
    expect(no.grantors.map((it) => it.id)).not.toContain(ana.accountId);
  });

  it('counts who would gain and lose by a change of a role; what they have otherwise is not lost', async () => {
    const owner = await given.aPerson('admin');
    const [ana, jo] = [await given.aPerson(), await given.aPerson('admin')];
    const made = await role(owner, 'user:manage');
    for (const { accountId } of [ana, jo]) await assign().execute(owner, { roleId: made.id, accountId });

    const preview = await new RolePreviewQueries(db.database, clock).of(owner, made.id, ['system:read']);

    expect(preview).toMatchObject({ gain: 1, lose: 1, people: [{ id: ana.accountId, gains: ['system:read'], loses: ['user:manage'] }] });
  });
});

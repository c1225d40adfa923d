import { allPermissions, builtInRoleKeys, builtInRoles, type BuiltInRole, type Permission, placeable, Problem } from '@berth/contracts';
import { newId } from '@berth/kernel';
import { ChangeGroup, ChangeMembership } from '@berth/people';
import type { Actor } from '@berth/platform/auth';
import { SetClock, silentOutbox, useDatabase } from '@berth/platform/testing';
import fc from 'fast-check';
import { AddRole } from './add-role';
import { AssignRole } from './assign-role';
import { ChangeRole } from './change-role';
import { DeleteRole } from './delete-role';
import { RevokeAssignment } from './revoke-assignment';
import { accessGiven } from './testing';

/** Edits in all; the long run is `ROLE_EDITS=100000`. */
const EDITS = Number(process.env['ROLE_EDITS'] ?? 200);
const PER_RUN = 100;
const now = new Date('2026-12-01T08:00:00Z');
const endings = [null, new Date('2026-12-05T00:00:00Z'), new Date('2026-12-10T00:00:00Z')];
/** Before, between and after everything that ends. */
const instants = [now, new Date('2026-12-07T00:00:00Z'), new Date('2027-06-01T00:00:00Z')];

const db = useDatabase();
const given = accessGiven(db);
const clock = new SetClock(now);

/** Everything there is to give, to whom and where; numbers of an edit are indexes into these. */
interface World {
  readonly people: readonly Actor[];
  readonly groups: readonly string[];
  readonly places: readonly Place[];
}
interface Place {
  readonly siteId?: string;
  readonly resourceId?: string;
}

const nat = fc.nat(1000);
const some = fc.subarray([...allPermissions]);
const edit = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('add-role' as const), permissions: some }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('change-role' as const), role: nat, permissions: some }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete-role' as const), role: nat }) },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('assign' as const), role: nat, holder: nat, toGroup: fc.boolean(), place: nat, until: nat }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('revoke' as const), assignment: nat }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('put-in' as const), group: nat, holder: nat, delegate: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('take-out' as const), group: nat, holder: nat }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('change-rule' as const), roles: fc.subarray(['user', 'guest'] as const, { minLength: 1 }) }),
  },
);
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;
/** Done at the same time, each by somebody; the first person, an owner, somewhat more often. */
const batch = fc.array(fc.record({ by: fc.oneof(fc.constant(0), nat), edit }), { minLength: 1, maxLength: 3 });

let world: World;

beforeAll(async () => {
  const people = [await given.aPerson('admin')];
  for (const role of ['user', 'user', 'user', 'user', 'guest'] as const) people.push(await given.aPerson(role));
  const [north, south] = [await given.aSite(), await given.aSite()];
  const hall = await given.aResource({ site: north });
  const half = await given.aResource({ site: north, parent: hall });
  const van = await given.aResource({ site: south });
  const groups = [await given.aGroup(), await given.aGroup(), await given.aGroup({ roles: ['guest'] })];
  const places = [{}, { siteId: north.id }, { siteId: south.id }, ...[hall, half, van].map((it) => ({ resourceId: it.id }))];
  world = { people, groups: groups.map((it) => it.id), places };
});

describe('random edits of roles by random people, some at the same time', () => {
  it('never give anybody more than those who made them had in that place at that time', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(batch, { minLength: PER_RUN / 2, maxLength: PER_RUN / 2 }), async (batches) => {
        await startAgain();
        let before = await everybodysRights();
        for (const edits of batches) {
          const outcomes = await Promise.allSettled(edits.map((it) => perform(personOf(it.by), it.edit)));
          for (const it of outcomes) if (it.status === 'rejected' && !isRefusal(it.reason)) throw it.reason;
          accepted += outcomes.filter((it) => it.status === 'fulfilled').length;

          const after = await everybodysRights();
          const makers = edits.map((it) => personOf(it.by).accountId);
          for (const [key, held] of after) {
            const [, ...where] = key.split('|');
            const allowed = new Set([key, ...makers.map((it) => [it, ...where].join('|'))].flatMap((it) => [...(before.get(it) ?? [])]));
            const tooMuch = [...held].filter((it) => !allowed.has(it));
            expect({ key, edits, tooMuch }).toEqual({ key, edits, tooMuch: [] });
          }
          before = after;
        }
      }),
      { numRuns: Math.max(1, Math.round(EDITS / PER_RUN)), seed: Number(process.env['ROLE_SEED'] ?? 20261121), endOnFailure: true },
    );
    // Were all refused, nothing would have been tried.
    expect(accepted).toBeGreaterThan(EDITS / 20);
  }, 3_600_000);
});

/** A machine that is busy lets somebody wait for the lock longer than anybody waits for an answer: nothing was done then. */
const isRefusal = (reason: unknown): boolean => reason instanceof Problem || (reason as { code?: string }).code === '55P03';

const at = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)];
const personOf = (index: number): Actor => at(world.people, index)!;

async function perform(actor: Actor, it: Edit): Promise<unknown> {
  const parts = [db.database, silentOutbox(), clock] as const;
  const roleAt = async (index: number) =>
    at(await rows<{ id: string; version: number }>('select id, version from role order by id'), index);
  switch (it.kind) {
    case 'add-role':
      return new AddRole(...parts).execute(actor, { name: `Role ${newId()}`, description: null, permissions: it.permissions });
    case 'change-role': {
      const role = await roleAt(it.role);
      return role && new ChangeRole(...parts).execute(actor, { ...role, patch: { permissions: it.permissions } });
    }
    case 'delete-role': {
      const role = await roleAt(it.role);
      return role && new DeleteRole(...parts).execute(actor, role.id, role.version);
    }
    case 'assign': {
      const ids = [...builtInRoleKeys, ...(await rows<{ id: string }>('select id from role order by id')).map((role) => role.id)];
      const holder = it.toGroup ? { groupId: at(world.groups, it.holder) } : { accountId: personOf(it.holder).accountId };
      const until = at(endings, it.until) ?? undefined;
      return new AssignRole(...parts).execute(actor, { roleId: at(ids, it.role)!, ...holder, ...at(world.places, it.place), until });
    }
    case 'revoke': {
      const assignment = at(await rows<{ id: string }>('select id from role_assignment order by id'), it.assignment);
      return assignment && new RevokeAssignment(...parts).execute(actor, assignment.id);
    }
    case 'put-in':
    case 'take-out': {
      const who = { groupId: at(world.groups, it.group)!, accountId: personOf(it.holder).accountId };
      const to = it.kind === 'put-in' ? ({ to: 'in', mayAddMembers: it.delegate } as const) : ({ to: 'out' } as const);
      return new ChangeMembership(...parts).execute(actor, { ...who, ...to });
    }
    case 'change-rule': {
      const [group] = await rows<{ id: string; version: number }>(`select id, version from people_group where kind = 'rule'`);
      return group && new ChangeGroup(...parts).execute(actor, { ...group, patch: { rule: { roles: it.roles } } });
    }
  }
}

const rows = <Row extends object>(text: string): Promise<Row[]> => db.asOwner<Row>(text);

async function startAgain(): Promise<void> {
  await rows('delete from role_assignment');
  await rows('delete from role');
  await rows('delete from group_member');
  await rows(`update people_group set roles = array['guest'] where kind = 'rule'`);
}

interface Stored {
  account_id: string | null;
  group_id: string | null;
  built_in: BuiltInRole | null;
  permissions: Permission[] | null;
  site_id: string | null;
  resource_id: string | null;
  ends_at: Date | null;
}

/** What each person may do in each place at each instant, worked out from the rows alone and not by the code that is tested. */
async function everybodysRights(): Promise<Map<string, Set<Permission>>> {
  const stored = await rows<Stored>(
    `select g.account_id, g.group_id, g.built_in, r.permissions, g.site_id, g.resource_id, g.ends_at
     from role_assignment g left join role r on r.id = g.role_id`,
  );
  const members = await rows<{ group_id: string; account_id: string }>('select group_id, account_id from group_member');
  const rules = await rows<{ id: string; roles: string[] }>(`select id, roles from people_group where kind = 'rule'`);
  const resources = await rows<{ id: string; site_id: string; parent_id: string | null }>('select id, site_id, parent_id from resource');
  const isIn = (person: Actor, groupId: string): boolean =>
    members.some((it) => it.group_id === groupId && it.account_id === person.accountId) ||
    rules.some((it) => it.id === groupId && it.roles.includes(person.role));
  const isWithin = (place: Place, it: Stored): boolean => {
    if (it.site_id === null && it.resource_id === null) return true;
    const own = resources.find((resource) => resource.id === place.resourceId);
    if (it.site_id !== null) return it.site_id === place.siteId || it.site_id === own?.site_id;
    return own !== undefined && (it.resource_id === own.id || it.resource_id === own.parent_id);
  };
  const found = new Map<string, Set<Permission>>();
  for (const person of world.people)
    for (const place of world.places)
      for (const instant of instants) {
        const counting = stored.filter(
          (it) =>
            (it.account_id === person.accountId || (it.group_id !== null && isIn(person, it.group_id))) &&
            isWithin(place, it) &&
            (it.ends_at === null || it.ends_at > instant),
        );
        const given = counting.flatMap((it) => {
          const all = it.built_in ? [...builtInRoles[it.built_in]] : (it.permissions ?? []);
          return it.site_id === null && it.resource_id === null ? all : all.filter((permission) => placeable.has(permission));
        });
        const key = [person.accountId, place.siteId ?? place.resourceId ?? '', instant.toISOString()].join('|');
        found.set(key, new Set([...builtInRoles[person.role], ...given]));
      }
  return found;
}

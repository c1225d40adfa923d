import { rightsOfRole } from '@berth/platform/auth';
import { SetClock, useDatabase } from '@berth/platform/testing';
import { mayBook, maySee, ResourceCatalogue, ResourcesQueries } from '@berth/resources';
import { reservationsGiven } from '@berth/reservations/testing';
import { newId } from '@berth/kernel';
import { SuggestionsQueries } from './saved/suggestions.queries';

const db = useDatabase();
const given = reservationsGiven(db);
const clock = new SetClock(new Date('2026-12-01T08:00:00Z'));
const page = { limit: 50, sort: 'name' as const };

/** Gates down, people across: what each sees of a resource, by every way to look. */
const table = [
  // site     resource  member  stranger  manager of the site
  ['everyone', 'everyone', 'yes', 'yes', 'yes'],
  ['everyone', 'groups', 'yes', 'no', 'yes'],
  ['everyone', 'nobody', 'no', 'no', 'yes'],
  ['groups', 'everyone', 'yes', 'no', 'yes'],
  ['groups', 'nobody', 'no', 'no', 'yes'],
  ['nobody', 'everyone', 'no', 'no', 'yes'],
  ['nobody', 'groups', 'no', 'no', 'yes'],
] as const;

async function scene(siteMode: string, resourceMode: string, verb: 'see' | 'book') {
  const site = await given.aSite();
  const name = `Canary ${newId()}`;
  const resource = await given.aResource({ site, name });
  const group = newId();
  await db.asOwner(`insert into people_group (id, org_id, name, kind, created_at) values ($1, $2, $3, 'static', now())`, [
    group,
    db.organizationId,
    `Group ${group}`,
  ]);
  await db.asOwner(`update site set ${verb}_mode = $1 where id = $2`, [siteMode, site.id]);
  await db.asOwner(`update resource set ${verb}_mode = $1 where id = $2`, [resourceMode, resource.id]);
  for (const [column, id] of [
    ['site_id', site.id],
    ['resource_id', resource.id],
  ])
    await db.asOwner(`insert into gate_group (org_id, ${column}, verb, group_id) values ($1, $2, $3, $4)`, [
      db.organizationId,
      id,
      verb,
      group,
    ]);
  const user = { ...given.anActor(), ...rightsOfRole('user') };
  const here = {
    assignmentId: newId(),
    role: { id: 'approver', name: null },
    groupId: null,
    siteId: site.id,
    resourceId: null,
    until: null,
  };
  const people = {
    member: { ...user, groupIds: [group] },
    stranger: user,
    manager: { ...user, grants: [{ ...here, permissions: new Set(['approval:manage' as const]) }] },
  };
  return { site, resource, name, people };
}

describe('The gates of a site and of a resource', () => {
  it.each(table)('%s and %s: a member sees it: %s, a stranger: %s, who has a role there: %s', async (site, resource, ...expected) => {
    const at = await scene(site, resource, 'see');
    const resources = new ResourcesQueries(db.database, clock);
    const terms = (await new ResourceCatalogue(db.database, clock).termsOfMany(db.organizationId, [at.resource.id])).get(at.resource.id)!;

    for (const [i, person] of [at.people.member, at.people.stranger, at.people.manager].entries()) {
      const sees = expected[i] === 'yes';
      expect((await resources.page(person, { ...page, q: at.name })).data.length).toBe(sees ? 1 : 0);
      expect((await new SuggestionsQueries(db.database).of(person, at.name)).length).toBe(sees ? 1 : 0);
      expect(maySee(person, terms)).toBe(sees);
      const one = resources.one(person, at.resource.id);
      await (sees ? expect(one).resolves.toMatchObject({ name: at.name }) : expect(one).rejects.toMatchObject({ code: 'not-found' }));
    }
  });

  it('let book whom both let through; nobody is nobody, also where somebody has a role', async () => {
    for (const [site, resource, member, stranger] of [
      ['everyone', 'everyone', true, true],
      ['groups', 'everyone', true, false],
      ['everyone', 'groups', true, false],
      ['nobody', 'groups', false, false],
    ] as const) {
      const at = await scene(site, resource, 'book');
      const terms = (await new ResourceCatalogue(db.database, clock).termsOfMany(db.organizationId, [at.resource.id])).get(at.resource.id)!;

      expect([mayBook(at.people.member, terms), mayBook(at.people.stranger, terms)]).toEqual([member, stranger]);
      expect(maySee(at.people.stranger, terms)).toBe(true);
    }
  });
});

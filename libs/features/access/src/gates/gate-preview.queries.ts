import { Problem } from '@berth/contracts';
import { type Access, demandAtSite, readAccess, type Viewer } from '@berth/places';
import { type Actor, may, placesWith, rightsColumns, type RightsRow, toRights } from '@berth/platform/auth';
import { Database, nothing, type Sql, sql } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { demandAtResource, mayBook, maySee, ResourceCatalogue, type ResourceTerms } from '@berth/resources';
import { opensTo } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import type { Named } from '../assignments.queries';

/** Whom a change of gates would let in and shut out. */
export interface GateChange {
  /** People who get through now, and who would. */
  readonly now: number;
  readonly after: number;
  readonly gain: number;
  readonly lose: number;
  /** The first of those by name. */
  readonly people: readonly (Named & { readonly gains: boolean })[];
}

export interface GatePreview {
  /** People who can sign in. */
  readonly people: number;
  readonly see: GateChange;
  readonly book: GateChange;
}

interface Passing {
  readonly sees: boolean;
  readonly books: boolean;
}

const MOST_SHOWN = 50;
const AT_ONCE = 1000;

/** Works out what a change of gates would do before it is made, by the functions that let people in. */
@Injectable()
export class GatePreviewQueries {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `permission-denied` for who may not set them */
  async ofSite(actor: Actor, id: string, access: Access): Promise<GatePreview> {
    const db = this.database.of(actor.organizationId);
    await demandAtSite(db, actor, 'place:manage', id);
    const before = await readAccess(db, actor.organizationId, { level: 'site', id });
    const there = await db.sql<{ id: string }>`select id from resource where org_id = ${actor.organizationId} and site_id = ${id}`;
    const resourceIds = new Set(there.map((it) => it.id));
    const pass =
      ({ see, book }: Access) =>
      (person: Viewer): Passing => {
        const sees = opensTo(see, person.groupIds) || hasRoleThere(person, id, resourceIds);
        return { sees, books: sees && opensTo(book, person.groupIds) && may(person, 'reservation:create') };
      };
    return this.compare(actor, pass(before), pass(access));
  }

  /** @throws Problem `not-found`, `permission-denied` for who may not set them */
  async ofResource(actor: Actor, id: string, { see, book }: Access): Promise<GatePreview> {
    await demandAtResource(this.database.of(actor.organizationId), actor, 'resource:manage', id);
    const terms = (await this.catalogue.termsOfMany(actor.organizationId, [id])).get(id);
    if (!terms) throw new Problem('not-found');
    const changed = (gates: ResourceTerms['gates'], to: Access['see']): ResourceTerms['gates'] => [
      ...gates.filter((it) => it.source.level !== 'resource'),
      { ...to, source: { level: 'resource', id } },
    ];
    const after = { ...terms, seeGates: changed(terms.seeGates, see), gates: changed(terms.gates, book) };
    const pass =
      (at: ResourceTerms) =>
      (person: Viewer): Passing => {
        const sees = maySee(person, at);
        return { sees, books: sees && mayBook(person, at) && may(person, 'reservation:create') };
      };
    return this.compare(actor, pass(terms), pass(after));
  }

  private async compare(
    { organizationId }: Actor,
    now: (person: Viewer) => Passing,
    then: (person: Viewer) => Passing,
  ): Promise<GatePreview> {
    const see = new Tally();
    const book = new Tally();
    let people = 0;
    for await (const { id, name, viewer } of everybody(this.database.of(organizationId), organizationId, this.clock.now())) {
      const [before, after] = [now(viewer), then(viewer)];
      people += 1;
      see.add({ id, name }, before.sees, after.sees);
      book.add({ id, name }, before.books, after.books);
    }
    return { people, see: see.change(), book: book.change() };
  }
}

/** Counts who gets through before and after. */
class Tally {
  private now = 0;
  private after = 0;
  private gain = 0;
  private lose = 0;
  private readonly people: (Named & { gains: boolean })[] = [];

  add(person: Named, before: boolean, after: boolean): void {
    this.now += before ? 1 : 0;
    this.after += after ? 1 : 0;
    if (before === after) return;
    if (after) this.gain += 1;
    else this.lose += 1;
    if (this.people.length < MOST_SHOWN) this.people.push({ ...person, gains: after });
  }

  change(): GateChange {
    return { now: this.now, after: this.after, gain: this.gain, lose: this.lose, people: this.people };
  }
}

/** Active people with their rights by name, some at a time. */
async function* everybody(db: Sql, organizationId: string, now: Date): AsyncGenerator<Named & { viewer: Viewer }> {
  let last: { name: string; id: string } | undefined;
  for (;;) {
    const rows: (RightsRow & Named & { sort: string })[] = await db.sql<RightsRow & Named & { sort: string }>`
      select a.id, a.display_name as name, lower(a.display_name) as sort, a.role, ${rightsColumns(now)}
      from account a
      where a.org_id = ${organizationId} and a.status = 'active'
        ${last ? sql`and (lower(a.display_name), a.id) > (${last.name}, ${last.id}::text::uuid)` : nothing}
      order by lower(a.display_name), a.id
      limit ${AT_ONCE}`;
    for (const row of rows) yield { id: row.id, name: row.name, viewer: { ...toRights(row), organizationId } };
    const end = rows.at(-1);
    if (!end || rows.length < AT_ONCE) return;
    last = { name: end.sort, id: end.id };
  }
}

/** Who sees a site whatever its gates say, as `visibleSites` has it. */
function hasRoleThere(person: Viewer, siteId: string, resourceIds: ReadonlySet<string>): boolean {
  if (may(person, 'place:manage') || may(person, 'resource:manage')) return true;
  const placed = placesWith(person);
  return placed.siteIds.includes(siteId) || placed.resourceIds.some((it) => resourceIds.has(it));
}

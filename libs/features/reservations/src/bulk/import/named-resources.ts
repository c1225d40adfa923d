import type { Actor } from '@berth/platform/auth';
import type { Sql } from '@berth/platform/database';
import { visibleResources } from '@berth/resources';

/** What a file calls a resource, looked up: the one that is meant, or why none is. */
export type NamedResource =
  { readonly id: string } | { readonly code: 'required' | 'unknown-resource' | 'ambiguous-resource'; readonly detail: string };

interface ResourceRow {
  readonly id: string;
  readonly name: string;
  readonly external_id: string | null;
}

/** More of one name say no more than two do. */
const MOST_FOUND = 2_000;

/** Looks up the resources the actor may see by id, external id or name, in this order. */
export async function namedResources(db: Sql, actor: Actor, names: readonly string[]): Promise<(name: string) => NamedResource> {
  const asked = [...new Set(names)].filter((it) => it !== '');
  const known =
    asked.length === 0
      ? []
      : await db.sql<ResourceRow>`
      select r.id, r.name, r.external_id from resource r
      where ${visibleResources(actor)}
        and (r.id::text = any(${asked.map((it) => it.toLowerCase())}) or r.external_id = any(${asked}) or r.name = any(${asked}))
      limit ${MOST_FOUND}`;
  return (name) => {
    if (name === '') return { code: 'required', detail: 'A resource is needed.' };
    const byId = known.filter((it) => it.id === name.toLowerCase() || it.external_id === name);
    const [found, ...others] = byId.length > 0 ? byId : known.filter((it) => it.name === name);
    const shown = name.slice(0, 80);
    if (!found) return { code: 'unknown-resource', detail: `There is no resource “${shown}”.` };
    if (others.length > 0)
      return { code: 'ambiguous-resource', detail: `There are ${others.length + 1} resources called “${shown}”; give the id.` };
    return { id: found.id };
  };
}

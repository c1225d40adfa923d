import { Problem } from '@berth/contracts';
import { pageOf, type Page } from '@berth/kernel';
import { containing, cursorId, cursorText } from '@berth/places';
import type { Actor } from '@berth/platform/auth';
import { Database, nothing, type Sql, sql, type Statement, type Tx } from '@berth/platform/database';
import { cursorOf } from '@berth/platform/http';
import { Injectable } from '@nestjs/common';
import { visibleResources } from '../visible-resources';
import { type ResourceType, type ResourceTypeRow, toResourceType } from './resource-type';
import type { ResourceTypeQuery } from './resource-types.dto';

const typesWith = (counted: Statement): Statement => sql`
  select t.id, t.key, t.name, t.icon, t.cutype, t.is_default, t.policy, t.fields, t.version, lower(t.name) as sort_name,
         (select count(*) from resource r where r.org_id = t.org_id and r.type_id = t.id and r.status <> 'archived' and ${counted})::integer as resource_count
  from resource_type t`;
const types = typesWith(sql`true`);

/** Reads resource types. */
@Injectable()
export class ResourceTypesQueries {
  constructor(private readonly database: Database) {}

  /** Types by name. */
  async page(actor: Actor, query: ResourceTypeQuery): Promise<Page<ResourceType>> {
    const from = cursorOf(query, 2);
    const rows = await this.database.of(actor.organizationId).sql<ResourceTypeRow>`
      ${typesWith(visibleResources(actor))}
      where t.org_id = ${actor.organizationId}
        ${query.q ? sql`and (t.name ilike ${containing(query.q)} or t.key ilike ${containing(query.q)})` : nothing}
        ${from ? sql`and (lower(t.name), t.id) > (${cursorText(from[0])}, ${cursorId(from[1])})` : nothing}
      order by lower(t.name), t.id
      limit ${query.limit + 1}`;
    const page = pageOf(rows, query.limit, (it) => [it.sort_name, it.id]);
    return { ...page, data: page.data.map(toResourceType) };
  }

  async one(actor: Actor, id: string): Promise<ResourceType> {
    const [row] = await this.database.of(actor.organizationId).sql<ResourceTypeRow>`
      ${typesWith(visibleResources(actor))} where t.org_id = ${actor.organizationId} and t.id = ${id}`;
    if (!row) throw new Problem('not-found');
    return toResourceType(row);
  }
}

/** @throws Problem `not-found` */
export async function readType(db: Sql, organizationId: string, id: string): Promise<ResourceType> {
  const [row] = await db.sql<ResourceTypeRow>`${types} where t.org_id = ${organizationId} and t.id = ${id}`;
  if (!row) throw new Problem('not-found');
  return toResourceType(row);
}

/** The type, kept as it is until the transaction ends. @throws Problem `not-found` */
export async function typeForUpdate(tx: Tx, organizationId: string, id: string): Promise<ResourceType> {
  const [row] = await tx.sql<ResourceTypeRow>`${types} where t.org_id = ${organizationId} and t.id = ${id} for no key update of t`;
  if (!row) throw new Problem('not-found');
  return toResourceType(row);
}

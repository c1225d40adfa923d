import type { PlaceRegister } from '@berth/places';
import { sql, type Sql, type Statement, type Tx } from '@berth/platform/database';
import { parsePolicy } from '@berth/scheduling';
import type { ResourceRow } from '../catalogue/resource';
import { resourcesWhere } from '../catalogue/resources.queries';
import type { Draft, KnownType } from './row-reader';
import type { Stock } from './import-plan';

/** A type with what its resources inherit. */
export interface StockedType extends KnownType {
  readonly is_default: boolean;
  readonly policy: unknown;
}

/** Types by key. */
export function readTypes(db: Sql, organizationId: string): Promise<StockedType[]> {
  return db.sql<StockedType>`
    select id, key, name, is_default, policy
    from resource_type
    where org_id = ${organizationId}
    order by key`;
}

/** Lets one import of the organization write at a time, and nobody change the resources it may mean meanwhile. */
export async function lockForImport(tx: Tx, organizationId: string, drafts: readonly Draft[]): Promise<void> {
  await tx.sql`select pg_advisory_xact_lock(hashtextextended(${`berth.resource-import:${organizationId}`}, 0))`;
  await tx.sql`
    select id from resource r
    where r.org_id = ${organizationId} and ${meant(drafts)}
    order by id
    for no key update`;
}

/** Everything rows are measured against. */
export async function readStock(
  db: Sql,
  organizationId: string,
  drafts: readonly Draft[],
  types: readonly StockedType[],
  now: Date,
  register: PlaceRegister,
): Promise<Stock> {
  const existing = await resourcesWhere(db, organizationId, meant(drafts));
  const places = await register.index(db, organizationId);
  const inheritsApproval = await readApproval(db, organizationId, types);
  const unitsInUse = await readUnitsInUse(db, organizationId, existing, now);
  return { existing, places, inheritsApproval, unitsInUse: (id) => unitsInUse.get(id) ?? 0 };
}

/** Resources that rows may mean: by external id, or by a name of what is not archived. */
function meant(drafts: readonly Draft[]): Statement {
  const externalIds = drafts.flatMap((it) => it.externalId ?? []);
  const names = [...new Set(drafts.map((it) => it.name))];
  return sql`(r.external_id = any(${externalIds}::text[])
              or r.status <> 'archived' and lower(r.name) in (select lower(name) from unnest(${names}::text[]) as name))`;
}

async function readApproval(db: Sql, organizationId: string, types: readonly StockedType[]): Promise<Stock['inheritsApproval']> {
  const places = await db.sql<{ id: string; policy: unknown }>`
    select id, policy from organization where id = ${organizationId}
    union all
    select id, policy from site where org_id = ${organizationId}`;
  const modes = new Map([...places, ...types].map((it) => [it.id, parsePolicy(it.policy).policy.approval?.mode]));
  const defaultType = types.find((it) => it.is_default)?.id;
  return (typeId = defaultType, siteId) => {
    const fromGeneral = [modes.get(organizationId), siteId ? modes.get(siteId) : undefined, typeId ? modes.get(typeId) : undefined];
    return fromGeneral.findLast((it) => it !== undefined) === 'required';
  };
}

async function readUnitsInUse(db: Sql, organizationId: string, resources: readonly ResourceRow[], now: Date): Promise<Map<string, number>> {
  const rows = await db.sql<{ leaf_id: string; lanes: number }>`
    select leaf_id, max(lane)::integer as lanes
    from occupancy
    where org_id = ${organizationId} and leaf_id = any(${resources.filter((it) => it.units > 1).map((it) => it.id)}::uuid[]) and e > ${now}
    group by leaf_id`;
  return new Map(rows.map((it) => [it.leaf_id, it.lanes]));
}

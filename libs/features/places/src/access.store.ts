import { Problem } from '@berth/contracts';
import { brokenConstraint, type Sql, sql, type Tx } from '@berth/platform/database';
import type { GateMode } from '@berth/scheduling';
import type { Access } from './visible-sites';

/** What has gates. */
export interface Gated {
  readonly level: 'site' | 'resource';
  readonly id: string;
}

const keyOf = ({ level, id }: Gated) => (level === 'site' ? sql`site_id = ${id}` : sql`resource_id = ${id}`);

/** The gates as they are. @throws Problem `not-found` */
export async function readAccess(db: Sql, organizationId: string, gated: Gated): Promise<Access & { readonly version: number }> {
  const table = gated.level === 'site' ? sql`site` : sql`resource`;
  const [row] = await db.sql<{ see_mode: GateMode; book_mode: GateMode; see: string[]; book: string[]; version: number }>`
    select t.see_mode, t.book_mode, t.version,
           array(select group_id from gate_group where ${keyOf(gated)} and verb = 'see' order by group_id)::text[] as see,
           array(select group_id from gate_group where ${keyOf(gated)} and verb = 'book' order by group_id)::text[] as book
    from ${table} t
    where t.org_id = ${organizationId} and t.id = ${gated.id}`;
  if (!row) throw new Problem('not-found');
  return {
    see: { mode: row.see_mode, groupIds: row.see },
    book: { mode: row.book_mode, groupIds: row.book },
    version: row.version,
  };
}

/** @throws Problem `invalid-reference` for a group the organization does not have */
export async function keepAccess(tx: Tx, organizationId: string, gated: Gated, { see, book }: Access): Promise<void> {
  const table = gated.level === 'site' ? sql`site` : sql`resource`;
  await tx.run(sql`
    update ${table} set see_mode = ${see.mode}, book_mode = ${book.mode}, version = version + 1
    where org_id = ${organizationId} and id = ${gated.id}`);
  await tx.run(sql`delete from gate_group where org_id = ${organizationId} and ${keyOf(gated)}`);
  const groups = (['see', 'book'] as const).flatMap((verb) => ({ see, book })[verb].groupIds.map((id) => ({ verb, id })));
  if (groups.length === 0) return;
  try {
    await tx.sql`
      insert into gate_group (org_id, site_id, resource_id, verb, group_id)
      select ${organizationId}, ${gated.level === 'site' ? gated.id : null}, ${gated.level === 'resource' ? gated.id : null}, verb, id
      from unnest(${groups.map((it) => it.verb)}::text[], ${groups.map((it) => it.id)}::uuid[]) as wanted(verb, id)`;
  } catch (error) {
    if (brokenConstraint(error) !== 'gate_group_group') throw error;
    throw new Problem('invalid-reference', {
      errors: [{ pointer: '/see/groupIds', code: 'unknown-id', detail: 'names a group that is not there' }],
    });
  }
}

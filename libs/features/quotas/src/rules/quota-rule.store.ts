import { builtInRoleKeys, Problem } from '@berth/contracts';
import { brokenConstraint, type Sql, sql, type Tx } from '@berth/platform/database';
import { type QuotaDraft, type QuotaRule, type QuotaRuleRow, toRule } from './quota-rule';

/** Rules with the names of what they are about, by name. */
export async function readRules(db: Sql, organizationId: string, id: string | null = null): Promise<QuotaRule[]> {
  const rows = await db.sql<QuotaRuleRow>`
    select q.*,
           case q.who_kind when 'person' then (select a.display_name from account a where a.org_id = q.org_id and a.id::text = q.who_id)
             when 'group' then (select g.name from people_group g where g.org_id = q.org_id and g.id::text = q.who_id)
             when 'role' then coalesce((select r.name from role r where r.org_id = q.org_id and r.id::text = q.who_id), q.who_id) end as who_name,
           case q.what_kind when 'type' then (select t.name from resource_type t where t.org_id = q.org_id and t.id = q.what_id)
             when 'site' then (select s.name from site s where s.org_id = q.org_id and s.id = q.what_id)
             when 'resource' then (select r.name from resource r where r.org_id = q.org_id and r.id = q.what_id) end as what_name
    from quota_rule q
    where q.org_id = ${organizationId} and (${id}::uuid is null or q.id = ${id}::uuid)
    order by lower(q.name), q.id`;
  return rows.map(toRule);
}

/** Locks a rule until the transaction ends. @throws Problem `not-found` */
export async function ruleForUpdate(tx: Tx, organizationId: string, id: string): Promise<QuotaRule> {
  await tx.sql`select from quota_rule where org_id = ${organizationId} and id = ${id} for update`;
  const [rule] = await readRules(tx, organizationId, id);
  if (!rule) throw new Problem('not-found');
  return rule;
}

/** @throws Problem `already-exists` when there is a rule of that name */
export async function writeRule(tx: Tx, organizationId: string, id: string, draft: QuotaDraft, now: Date): Promise<QuotaRule> {
  const { name, who, what, measure, window, limit } = draft;
  await tx.sql`
    insert into quota_rule (id, org_id, name, who_kind, who_id, what_kind, what_id, measure, window_kind, limit_value, created_at)
    values (${id}, ${organizationId}, ${name}, ${who.kind}, ${who.id}, ${what.kind}, ${what.id}, ${measure}, ${window}, ${limit}, ${now})
    on conflict (id) do update
      set name = excluded.name, who_kind = excluded.who_kind, who_id = excluded.who_id, what_kind = excluded.what_kind, what_id = excluded.what_id,
          measure = excluded.measure, window_kind = excluded.window_kind, limit_value = excluded.limit_value, version = quota_rule.version + 1`.catch(
    (error: unknown) => {
      if (brokenConstraint(error) !== 'quota_rule_name_unique') throw error;
      throw new Problem('already-exists', { errors: [{ pointer: '/name', code: 'taken', detail: 'is in use already' }] });
    },
  );
  const [rule] = await readRules(tx, organizationId, id);
  return rule!;
}

/** What a rule names is there, and what it counts makes sense. @throws Problem `invalid-reference`, `validation-failed` */
export async function demandWhole(db: Sql, organizationId: string, { who, what, measure, window }: QuotaDraft): Promise<void> {
  const counts = measure === 'time' || measure === 'count';
  if (counts !== (window !== null)) throw broken('/window', counts ? 'says within what it is counted' : 'is for time and number only');
  if ((who.kind === 'everyone') !== (who.id === null)) throw broken('/who/id', 'names whom, unless that is everyone');
  if ((what.kind === 'everything') !== (what.id === null)) throw broken('/what/id', 'names what, unless that is everything');
  const isUuid = who.id !== null && UUID.test(who.id);
  if (who.kind === 'role' && !isUuid && !builtInRoleKeys.some((it) => it === who.id)) throw unknown('/who/id');
  const found = await db.run<{ who: boolean; what: boolean }>(sql`
    select ${who.kind === 'everyone' || (who.kind === 'role' && !isUuid)} or exists (
             select from account where ${who.kind} = 'person' and org_id = ${organizationId} and id::text = ${who.id} and erased_at is null
             union all select from people_group where ${who.kind} = 'group' and org_id = ${organizationId} and id::text = ${who.id}
             union all select from role where ${who.kind} = 'role' and org_id = ${organizationId} and id::text = ${who.id}) as who,
           ${what.kind === 'everything'} or exists (
             select from resource_type where ${what.kind} = 'type' and org_id = ${organizationId} and id = ${what.id}::uuid
             union all select from site where ${what.kind} = 'site' and org_id = ${organizationId} and id = ${what.id}::uuid
             union all select from resource where ${what.kind} = 'resource' and org_id = ${organizationId} and id = ${what.id}::uuid) as what`);
  if (!found[0]?.who) throw unknown('/who/id');
  if (!found[0].what) throw unknown('/what/id');
}

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const broken = (pointer: string, detail: string): Problem =>
  new Problem('validation-failed', { errors: [{ pointer, code: 'invalid', detail }] });
const unknown = (pointer: string): Problem =>
  new Problem('invalid-reference', { errors: [{ pointer, code: 'unknown', detail: 'is not there' }] });

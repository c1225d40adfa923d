import type { Role } from '@berth/contracts';
import { type Sql, Statement, type Tx } from '@berth/platform/database';
import { personalTables } from '../personal-data';
import { accountMerged, type MergedTable, mergePlan } from './merge-plan';

/** The account that goes, and the one that stays. */
export interface Pair {
  readonly gone: string;
  readonly stays: string;
}

/** An account that is to be merged. */
export interface AccountRow {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly display_name: string;
  readonly role: Role;
  readonly status: 'active' | 'suspended';
  readonly merged_into: string | null;
  readonly erased: boolean;
}

/** How many rows of each kind, by the names of the export. */
export type Counts = Readonly<Record<string, number>>;

/** What becomes of the rows of the account that goes. */
export interface MergeCounts {
  /** Goes over. */
  readonly moves: Counts;
  /** The one that stays has the same already, so that one of the two goes. */
  readonly same: Counts;
  /** Ends with the account. */
  readonly ends: Counts;
}

/** Text of names of ours alone, around the two accounts: `gone.id` and `stays.id`. */
const about = (before: string, after: string, organizationId: string, { gone, stays }: Pair): Statement =>
  new Statement(
    [`${before} (select `, '::uuid as id) gone, (select ', '::uuid as id) stays where t.org_id = ', ` ${after}`],
    [gone, stays, organizationId],
  );

const columnsThat = (it: MergedTable, what: 'moves' | 'ends'): string[] =>
  Object.keys(it.references).filter((column) => it.references[column] === what);

/** Whose a row is: of several columns the first says it. */
const ownerOf = (it: MergedTable): string => columnsThat(it, 'moves')[0]!;

/** Rows `t` and `o` of the two that are the same. */
const areSame = (it: MergedTable, also = 'true'): string =>
  `and o.org_id = t.org_id and t.${ownerOf(it)} = gone.id and o.${ownerOf(it)} = stays.id and (${it.same}) and (${also})`;

/** The two, or those of them the organization has, as they are now. @param locked until the transaction ends, in the order of their ids */
export function readAccounts(db: Sql, organizationId: string, { gone, stays }: Pair, locked: boolean): Promise<AccountRow[]> {
  // Who writes something of theirs waits at the foreign key from here on.
  return db.run<AccountRow>(
    new Statement(
      [
        `select id, username, email, display_name, role, status, merged_into, erased_at is not null as erased from account where org_id = `,
        ' and id = any(',
        `::uuid[]) order by id ${locked ? 'for update' : ''}`,
      ],
      [organizationId, [gone, stays]],
    ),
  );
}

/** Puts under the account that stays what is of the one that goes; what both have is there once. Both are locked. */
export async function moveRows(tx: Tx, organizationId: string, pair: Pair): Promise<void> {
  for (const it of mergePlan) {
    const moving = columnsThat(it, 'moves');
    if (moving.length === 0) continue;
    const run = (before: string, after: string) => tx.run(about(before, after, organizationId, pair));
    if (it.wins) await run(`delete from ${it.table} o using ${it.table} t,`, areSame(it, it.wins));
    if (it.adds) await run(`update ${it.table} o set ${assigned(it.adds.set)} from ${it.table} t,`, areSame(it, it.adds.where));
    if (it.same) await run(`delete from ${it.table} t using ${it.table} o,`, areSame(it));
    const says = Object.fromEntries(moving.map((column) => [column, `case when t.${column} = gone.id then stays.id else t.${column} end`]));
    const theirs = moving.map((column) => `t.${column} = gone.id`).join(' or ');
    await run(`update ${it.table} t set ${assigned({ ...says, ...it.sets })} from`, `and (${theirs})`);
  }
}

const assigned = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([column, value]) => `${column} = ${value}`)
    .join(', ');

/** What `moveRows` and the erasure would do, counted. */
export async function countMerge(db: Sql, organizationId: string, pair: Pair): Promise<MergeCounts> {
  const counts = { moves: {} as Record<string, number>, same: {} as Record<string, number>, ends: {} as Record<string, number> };
  const names = new Map(personalTables.map((it) => [it.table, it.name]));
  for (const it of mergePlan) {
    const name = names.get(it.table);
    if (!name) continue;
    const count = async (after: string, from = `${it.table} t,`): Promise<number> =>
      (await db.run<{ n: number }>(about(`select count(*)::integer as n from ${from}`, after, organizationId, pair)))[0]?.n ?? 0;
    const ending = columnsThat(it, 'ends');
    if (ending.length > 0) counts.ends[name] = await count(`and (${ending.map((column) => `t.${column} = gone.id`).join(' or ')})`);
    if (columnsThat(it, 'moves').length === 0) continue;
    const same = it.same ? await count(areSame(it), `${it.table} t, ${it.table} o,`) : 0;
    const isLost = it.wins ? same - (await count(areSame(it, it.wins), `${it.table} t, ${it.table} o,`)) : same;
    counts.moves[name] = (await count(`and t.${ownerOf(it)} = gone.id`)) - isLost;
    if (same > 0) counts.same[name] = same;
  }
  counts.moves['policies'] = (await policiesNaming(db, organizationId, pair.gone)).length;
  return counts;
}

/** Tables whose policies may name somebody who approves. */
const WITH_POLICY = [
  ['organization', 'id'],
  ['site', 'org_id'],
  ['resource_type', 'org_id'],
  ['resource', 'org_id'],
] as const;

const policiesNaming = (db: Sql, organizationId: string, accountId: string): Promise<object[]> =>
  db.run(
    new Statement(
      [
        `select from (${WITH_POLICY.map(([table, key]) => `select ${key} as org_id, policy from ${table}`).join(' union all ')}) p where p.org_id = `,
        ` and p.policy::text like '%"' || `,
        `::text || '"%'`,
      ],
      [organizationId, accountId],
    ),
  );

/** Who stays is asked wherever the other was to be; their words about the other are about the one that stays. */
export async function nameInPlace(tx: Tx, organizationId: string, { gone, stays }: Pair): Promise<void> {
  for (const [table, key] of WITH_POLICY)
    await tx.run(
      new Statement(
        [
          `update ${table} set version = version + 1, policy = replace(policy::text, '"' || `,
          `::text || '"', '"' || `,
          `::text || '"')::jsonb where ${key} = `,
          ` and policy::text like '%"' || `,
          `::text || '"%'`,
        ],
        [gone, stays, organizationId, gone],
      ),
    );
  await tx.sql`
    update notification n
    set facts = n.facts || jsonb_build_object('personId', a.id, 'personName', a.display_name)
    from account a
    where a.org_id = ${organizationId} and a.id = ${stays} and n.org_id = a.org_id and n.facts ->> 'personId' = ${gone}::text`;
}

/** Demo data that was removed and may come back comes back as that of who stays, but for what there can be once. */
export async function moveSetAside(tx: Tx, organizationId: string, { gone, stays }: Pair): Promise<void> {
  await tx.sql`
    delete from demo_removed_row
    where org_id = ${organizationId} and content ->> 'account_id' = ${gone}::text
      and table_name in ('favourite', 'saved_search', 'group_member', 'quota_exception', 'role_assignment', 'approval_approver')`;
  await tx.sql`
    update demo_removed_row
    set content = case
      when replace(content ->> 'booked_by_id', ${gone}::text, ${stays}::text) = replace(content ->> 'organizer_id', ${gone}::text, ${stays}::text)
        then replace(content::text, ${gone}::text, ${stays}::text)::jsonb || '{"booked_by_id": null}'
      else replace(content::text, ${gone}::text, ${stays}::text)::jsonb end
    where org_id = ${organizationId} and table_name <> 'account' and content::text like '%' || ${gone}::text || '%'`;
}

/** Who waits for the same under both accounts waits once: under the one that has an offer. @returns offers that are given up */
export async function leaveSameWaits(tx: Tx, organizationId: string, { gone, stays }: Pair, now: Date): Promise<string[]> {
  const left = await tx.sql<{ id: string; hold_id: string | null }>`
    select case when o.status = 'waiting' and t.status = 'offered' then o.id else t.id end as id,
           case when o.status = 'waiting' and t.status = 'offered' then o.hold_id else t.hold_id end as hold_id
    from waitlist_entry t join waitlist_entry o on o.org_id = t.org_id and o.resource_id = t.resource_id
      and o.with_resource_ids = t.with_resource_ids and o.starts_at = t.starts_at and o.ends_at = t.ends_at
    where t.org_id = ${organizationId} and t.account_id = ${gone} and o.account_id = ${stays}
      and t.status in ('waiting', 'offered') and o.status in ('waiting', 'offered')`;
  const holds = left.flatMap((it) => it.hold_id ?? []).sort();
  await tx.sql`select from reservation where id = any(${holds}::uuid[]) order by id for no key update`;
  await tx.sql`
    update waitlist_entry set status = 'left', hold_id = null, offer_until = null, ended_at = ${now}, version = version + 1, updated_at = ${now}
    where org_id = ${organizationId} and id = any(${left.map((it) => it.id)}::uuid[])`;
  return holds;
}

/** What the account that stays takes over of the other itself; before that one is cleared. @returns its role from then on */
export async function takeOver(tx: Tx, organizationId: string, pair: Pair): Promise<Role> {
  const [row] = await tx.run<{ role: Role }>(
    about(
      `update account o set ${assigned(accountMerged)}, version = o.version + 1 from account t,`,
      'and t.id = gone.id and o.org_id = t.org_id and o.id = stays.id returning o.role',
      organizationId,
      pair,
    ),
  );
  return row!.role;
}

/** Leads from the account that went to the one that stays. */
export async function leadOn(tx: Tx, organizationId: string, { gone, stays }: Pair): Promise<void> {
  await tx.sql`update account set merged_into = ${stays} where org_id = ${organizationId} and id = ${gone}`;
}

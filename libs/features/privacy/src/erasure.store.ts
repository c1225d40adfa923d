import { type Sql, sql, Statement, type Tx } from '@berth/platform/database';
import { accountCleared, type PersonalTable, personalTables } from './personal-data';

/** How the log was changed, which `user.erased` keeps in it. */
export interface Redacted {
  readonly events: number;
  /** SHA-256 over all that the changed events say since. */
  readonly digest: string;
}

const theirs = (columns: readonly string[], also?: string): string =>
  [...columns.map((it) => `t.${it} = person.id`), ...(also ? [also] : [])].map((it) => `(${it})`).join(' or ');

/** A statement about the rows `t` of one person, who is called `person` in it; its text is of names of ours alone. */
const about = (before: string, after: string, organizationId: string, accountId: string): Statement =>
  new Statement([`${before} (select `, '::uuid as id) person where t.org_id = ', ` ${after}`], [accountId, organizationId]);

/** Ids of what is theirs, so that the log knows which events speak of it. */
export async function idsOfTheirs(tx: Tx, organizationId: string, accountId: string): Promise<string[]> {
  const ids = [accountId];
  for (const it of personalTables) {
    const owners = it.clearedOf ?? Object.keys(it.references).filter((column) => it.references[column] !== 'forgotten');
    const [has] = await tx.sql`
      select from pg_attribute where attrelid = ${it.table}::regclass and attname = 'id' and not attisdropped`;
    // What they decide about others is not theirs; it loses their words below.
    if (!has || owners.length === 0 || it.table === 'approval_request') continue;
    const rows = await tx.run<{ id: string }>(
      about(`select t.id from ${it.table} t,`, `and (${theirs(owners)})`, organizationId, accountId),
    );
    ids.push(...rows.map((row) => row.id));
  }
  return ids;
}

/** Takes all that is theirs out of the tables, and everything personal out of what stays. The account is locked by the caller. */
export async function eraseRows(tx: Tx, organizationId: string, accountId: string): Promise<void> {
  for (const it of personalTables) {
    for (const statement of statementsFor(it, organizationId, accountId)) await tx.run(statement);
  }
  await clearSetAside(tx, organizationId, accountId);
  // What was assigned to them is part of the terms of resources, which may be remembered.
  await tx.sql`update organization set epoch = epoch + 1 where id = ${organizationId}`;
}

function statementsFor(it: PersonalTable, organizationId: string, accountId: string): Statement[] {
  const [deleted = [], forgotten = [], kept = []] = (['deleted', 'forgotten', 'kept'] as const).map((kind) =>
    Object.keys(it.references).filter((column) => it.references[column] === kind),
  );
  const statements: Statement[] = [];
  const add = (before: string, after: string) => statements.push(about(before, after, organizationId, accountId));
  if (deleted.length > 0 || it.alsoDeleted) add(`delete from ${it.table} t using`, `and (${theirs(deleted, it.alsoDeleted)})`);
  for (const column of forgotten) add(`update ${it.table} t set ${column} = null from`, `and t.${column} = person.id`);
  if (it.clears && kept.length > 0) {
    const changes = Object.entries(it.clears).map(([column, value]) => `${column} = ${value}`);
    add(`update ${it.table} t set ${changes.join(', ')} from`, `and (${theirs(it.clearedOf ?? kept)})`);
  }
  return statements;
}

/** Rows of removed demo data that may still come back lose the same, and bring no password back. */
async function clearSetAside(tx: Tx, organizationId: string, accountId: string): Promise<void> {
  await tx.sql`
    update demo_removed_row
    set content = content || '{"title": null, "custom_fields": {}}' || case when table_name = 'waitlist_entry' then '{}' else '{"description": null, "cancel_reason": null}' end::jsonb
    where org_id = ${organizationId} and table_name in ('reservation', 'series', 'waitlist_entry')
      and ${accountId}::text in (content ->> 'organizer_id', content ->> 'account_id')`;
  await tx.sql`
    delete from demo_removed_row
    where org_id = ${organizationId}
      and ((table_name = 'account' and content ->> 'id' = ${accountId}::text) or (table_name in ('favourite', 'saved_search') and content ->> 'account_id' = ${accountId}::text))`;
}

/** The account is nobody’s any more. */
export async function clearAccount(tx: Tx, organizationId: string, accountId: string, now: Date): Promise<void> {
  const changes = Object.entries(accountCleared).map(([column, value]) => `${column} = ${value}`);
  await tx.run(
    new Statement(
      [
        `update account t set ${changes.join(', ')}, role = 'guest', status = 'suspended', version = version + 1, erased_at = `,
        ' where t.org_id = ',
        ' and t.id = ',
        '',
      ],
      [now, organizationId, accountId],
    ),
  );
}

/** @param words by which others may have spoken of the person */
export async function redactEvents(
  tx: Tx,
  organizationId: string,
  accountId: string,
  ids: readonly string[],
  words: readonly string[],
): Promise<Redacted> {
  const [row] = await tx.sql<Redacted>`
    select redacted as events, digest from redact_events(${organizationId}, ${accountId}, ${[...ids]}::uuid[], ${[...words]}::text[])`;
  return row!;
}

/** How much of a person there is, for who is asked whether all of it may go. */
export async function countTheirs(db: Sql, organizationId: string, accountId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const it of personalTables) {
    if (!it.name) continue;
    const owners = it.clearedOf ?? Object.keys(it.references);
    const [row] = await db.run<{ n: number }>(
      about(`select count(*)::integer as n from ${it.table} t,`, `and (${theirs(owners)})`, organizationId, accountId),
    );
    counts[it.name] = row?.n ?? 0;
  }
  return counts;
}

/** Waiting for nothing any more, and asked for nothing any more. */
export async function endWaits(tx: Tx, organizationId: string, accountId: string, now: Date): Promise<{ holdId: string }[]> {
  const offers = await tx.sql<{ holdId: string }>`
    select hold_id as "holdId" from waitlist_entry where org_id = ${organizationId} and account_id = ${accountId} and hold_id is not null order by hold_id`;
  await tx.sql`select from reservation where id = any(${offers.map((it) => it.holdId)}::uuid[]) order by id for no key update`;
  await tx.sql`
    update waitlist_entry set status = 'left', hold_id = null, offer_until = null, ended_at = ${now}, version = version + 1, updated_at = ${now}
    where org_id = ${organizationId} and account_id = ${accountId} and status in ('waiting', 'offered')`;
  await tx.run(sql`delete from approval_approver where org_id = ${organizationId} and account_id = ${accountId} and answer is null`);
  return offers;
}

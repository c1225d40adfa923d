import { Problem } from '@berth/contracts';
import { formatInstant } from '@berth/kernel';
import { type Sql, Statement } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { type PersonalTable, personalTables } from './personal-data';

type Row = Readonly<Record<string, unknown>>;

/** Everything about a person, as it lies in the database but for secrets; names within rows are those of columns. */
export interface PersonalData {
  readonly exportedAt: string;
  readonly account: Row;
  /** What they did and what was done to their account: type, time and what it was done to. */
  readonly activity: readonly Row[];
  /** Parts that have more than the export takes, which has their latest. */
  readonly shortened: readonly string[];
  readonly data: Readonly<Record<string, readonly Row[]>>;
}

/** More rows of one kind are left out, and said to be. */
export const MOST_ROWS = 20_000;
/** What opens an account is nobody’s to take along. */
const SECRETS = ['password_hash', 'org_id', 'demo'];

/** Reads what is about one person. */
@Injectable()
export class ExportQueries {
  constructor(private readonly clock: Clock) {}

  /** @throws Problem `not-found` */
  async of(db: Sql, organizationId: string, accountId: string): Promise<PersonalData> {
    const [account] = await db.sql<{ row: Row }>`
      select to_jsonb(a) - ${SECRETS}::text[] || jsonb_build_object('groups', (
        select coalesce(jsonb_agg(g.name order by g.name), '[]') from group_membership m join people_group g on g.org_id = m.org_id and g.id = m.group_id
        where m.org_id = a.org_id and m.account_id = a.id)) as row
      from account a where a.org_id = ${organizationId} and a.id = ${accountId}`;
    if (!account) throw new Problem('not-found');
    const data: Record<string, readonly Row[]> = {};
    for (const it of personalTables) if (it.name) data[it.name] = await rowsOf(db, it, organizationId, accountId);
    const activity = await db.sql<Row>`
      select type, at, subject_kind as kind, subject_id as id, case when subject_id = ${accountId}::uuid then data end as data from event
      where org_id = ${organizationId} and (actor_id = ${accountId} or subject_id = ${accountId})
      order by position desc limit ${MOST_ROWS}`;
    const shortened = Object.entries({ activity, ...data }).flatMap(([name, rows]) => (rows.length === MOST_ROWS ? [name] : []));
    return { exportedAt: formatInstant(this.clock.now()), account: account.row, activity, shortened, data };
  }
}

async function rowsOf(db: Sql, it: PersonalTable, organizationId: string, accountId: string): Promise<readonly Row[]> {
  // Names of tables and columns are constants of ours; only values come from outside.
  const isTheirs = Object.keys(it.references).map((column) => `t.${column} = person.id`);
  const adds = it.adds ? ` || coalesce(${it.adds}, '{}')` : '';
  const statement = new Statement(
    [
      'select to_jsonb(t) - ',
      `::text[]${adds} as row from ${it.table} t, (select `,
      '::uuid as id) person where t.org_id = ',
      ` and (${isTheirs.join(' or ')}) order by t.ctid desc limit ${MOST_ROWS}`,
    ],
    [[...(it.hides ?? []), 'org_id'], accountId, organizationId],
  );
  return (await db.run<{ row: Row }>(statement)).map((found) => found.row);
}

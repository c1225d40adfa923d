import { useDatabase } from '@berth/platform/testing';
import { accountCleared, accountPlain, personalTables } from './personal-data';

const db = useDatabase();

/** Text of any kind: what somebody may have written into it. */
const TEXTS = `('text', 'jsonb', 'json', 'character varying', 'ARRAY')`;

describe('The list of what is personal', () => {
  it('knows every column that refers to an account', async () => {
    const rows = await db.asOwner<{ reference: string }>(`
      select distinct c.conrelid::regclass::text || '.' || a.attname as reference
      from pg_constraint c
      join unnest(c.conkey) as k (attnum) on true
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum
      where c.contype = 'f' and c.confrelid = 'account'::regclass and a.attname <> 'org_id'`);

    const known = personalTables.flatMap((it) => Object.keys(it.references).map((column) => `${it.table}.${column}`));
    expect(rows.map((it) => it.reference).sort()).toEqual([...known].sort());
  });

  it('takes every text out of rows that stay, or says why it may', async () => {
    const columns = await db.asOwner<{ table: string; column: string }>(`
      select table_name as table, column_name as column from information_schema.columns where table_schema = 'public' and data_type in ${TEXTS}`);
    const staying = personalTables.filter((it) => Object.values(it.references).includes('kept'));
    const forgotten = [
      ...staying.flatMap((it) => textsLeft(it.table, [...Object.keys(it.clears ?? {}), ...(it.plain ?? [])])),
      ...textsLeft('account', [...Object.keys(accountCleared), ...accountPlain]),
    ];

    expect(forgotten).toEqual([]);

    function textsLeft(table: string, known: readonly string[]): string[] {
      return columns.filter((it) => it.table === table && !known.includes(it.column)).map((it) => `${table}.${it.column}`);
    }
  });

  it('hands out no secret', async () => {
    const columns = await db.asOwner<{ table: string; column: string }>(`
      select table_name as table, column_name as column from information_schema.columns
      where table_schema = 'public' and (data_type = 'bytea' or column_name ~ '(hash|secret|sealed|token)')`);
    const shown = personalTables
      .filter((it) => it.name)
      .flatMap((it) =>
        columns
          .filter((column) => column.table === it.table && !it.hides?.includes(column.column))
          .map((column) => `${it.table}.${column.column}`),
      );

    expect(shown).toEqual([]);
  });
});

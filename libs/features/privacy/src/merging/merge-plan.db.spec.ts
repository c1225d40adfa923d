import { useDatabase } from '@berth/platform/testing';
import { personalTables } from '../personal-data';
import { accountMerged, accountOwn, mergePlan } from './merge-plan';

const db = useDatabase();

const referencesThat = (what: 'moves' | 'ends'): string[] =>
  mergePlan
    .flatMap((it) =>
      Object.keys(it.references)
        .filter((column) => it.references[column] === what)
        .map((column) => `${it.table}.${column}`),
    )
    .sort();

describe('What becomes of an account that is merged', () => {
  it('is said of every column that refers to one', async () => {
    const rows = await db.asOwner<{ reference: string }>(`
      select distinct c.conrelid::regclass::text || '.' || a.attname as reference
      from pg_constraint c
      join unnest(c.conkey) as k (attnum) on true
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum
      where c.contype = 'f' and c.confrelid = 'account'::regclass and a.attname <> 'org_id'`);

    expect(rows.map((it) => it.reference).sort()).toEqual([...referencesThat('moves'), ...referencesThat('ends')].sort());
  });

  it('is said of every column of the account itself', async () => {
    const columns = await db.asOwner<{ name: string }>(`
      select column_name as name from information_schema.columns where table_schema = 'public' and table_name = 'account'`);

    expect(columns.map((it) => it.name).sort()).toEqual([...Object.keys(accountMerged), ...accountOwn].sort());
  });

  it('ends only what the erasure takes away', () => {
    const taken = personalTables.flatMap((it) =>
      Object.keys(it.references)
        .filter((column) => ['deleted', 'passing'].includes(it.references[column]!))
        .map((column) => `${it.table}.${column}`),
    );

    expect(referencesThat('ends').filter((it) => !taken.includes(it))).toEqual([]);
  });

  it('says of whatever may be there once a person what to do with two', async () => {
    const keys = await db.asOwner<{ table: string; name: string; columns: string[] }>(`
      select t.relname as table, i.relname as name, array_agg(a.attname::text) as columns
      from pg_index x
      join pg_class t on t.oid = x.indrelid
      join pg_class i on i.oid = x.indexrelid
      join pg_namespace n on n.oid = t.relnamespace and n.nspname = 'public'
      join pg_attribute a on a.attrelid = x.indrelid and a.attnum = any(x.indkey)
      where x.indisunique
      group by 1, 2`);
    const moves = mergePlan.flatMap((it) =>
      Object.keys(it.references)
        .filter((column) => it.references[column] === 'moves')
        .map((column) => ({ ...it, column })),
    );

    const clashing = keys.flatMap(({ table, name, columns }) =>
      moves.filter((it) => it.table === table && columns.includes(it.column) && !it.same).map(() => name),
    );

    // Settled before the rows go over, as an offer may hang on one of the two.
    expect(clashing).toEqual(['waitlist_entry_joined_once']);
  });

  it('lets nothing be written under the account any more that would have gone over', async () => {
    const guarded = await db.asOwner<{ reference: string }>(`
      select c.relname || '.' || a.attname as reference
      from pg_trigger t
      join pg_class c on c.oid = t.tgrelid
      join unnest(t.tgattr::int2[]) as k (attnum) on true
      join pg_attribute a on a.attrelid = t.tgrelid and a.attnum = k.attnum
      where t.tgname = 'account_not_merged'`);

    expect(guarded.map((it) => it.reference).sort()).toEqual(referencesThat('moves').filter((it) => it !== 'account.merged_into'));
  });
});

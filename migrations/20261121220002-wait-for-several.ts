import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Several resources can be waited for together. Which demo data goes looks at all of them. */
export class WaitForSeveral20261121220002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table waitlist_entry
        add column with_resource_ids uuid[] not null default '{}',
        add constraint waitlist_entry_several_have_a_first check (with_resource_ids = '{}' or (resource_id is not null and criteria is null)),
        add constraint waitlist_entry_several_at_most check (cardinality(with_resource_ids) < 20 and array_position(with_resource_ids, null) is null),
        add constraint waitlist_entry_each_once check (resource_id <> all (with_resource_ids));
      drop index waitlist_entry_joined_once;
      create unique index waitlist_entry_joined_once on waitlist_entry (org_id, account_id, resource_id, with_resource_ids, starts_at, ends_at)
        where resource_id is not null and status in ('waiting', 'offered');
      comment on column waitlist_entry.with_resource_ids is
        'The other resources of several that are waited for together, in order of id: all of them are offered, or none.';
    `);
    for (const [one, several] of inDemoGoing) await rewriteDemoGoing(db, one, several);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const [one, several] of inDemoGoing) await rewriteDemoGoing(db, several, one);
    await db.query(`
      delete from waitlist_entry where with_resource_ids <> '{}';
      drop index waitlist_entry_joined_once;
      create unique index waitlist_entry_joined_once on waitlist_entry (org_id, account_id, resource_id, starts_at, ends_at)
        where resource_id is not null and status in ('waiting', 'offered');
      alter table waitlist_entry drop constraint waitlist_entry_each_once, drop constraint waitlist_entry_several_at_most,
        drop constraint waitlist_entry_several_have_a_first, drop column with_resource_ids;
    `);
  }
}

/** What changes in the function, as it was and as it is: the rest of it stays in the one place it is written. */
const inDemoGoing = [
  ['select w.resource_id from waitlist_entry w', 'select unnest(array_prepend(w.resource_id, w.with_resource_ids)) from waitlist_entry w'],
  [
    'w.resource_id in (select id from going_resource)',
    'array_prepend(w.resource_id, w.with_resource_ids) && array(select id from going_resource)',
  ],
] as const;

async function rewriteDemoGoing(db: QueryRunner, was: string, is: string): Promise<void> {
  const [row] = (await db.query(`select pg_get_functiondef('demo_going'::regproc) as text`)) as { text: string }[];
  if (!row?.text.includes(was)) throw new Error(`demo_going does not say "${was}"`);
  await db.query(row.text.replace(was, is));
}

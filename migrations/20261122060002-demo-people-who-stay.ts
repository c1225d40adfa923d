import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A demo person who set up a provider stays, as the provider does. One who stays is suspended besides losing the password
 * everybody knows: an active person keeps a way in.
 */
export class DemoPeopleWhoStay20261122060002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const it of words) await db.query(inDemo(it.name, it.before, it.after));
  }

  async down(db: QueryRunner): Promise<void> {
    for (const it of words) await db.query(inDemo(it.name, it.after, it.before));
  }
}

const words = [
  {
    name: 'demo_going',
    before: 'needed as (\n',
    after: `needed as (
      select p.configured_by as id from identity_provider p where p.org_id = p_org
      union all
`,
  },
  {
    name: 'remove_demo',
    before: 'update account set password_hash = null\n',
    after: `update account set password_hash = null, status = 'suspended'\n`,
  },
  {
    name: 'restore_demo',
    before: `update account a set password_hash = d.content ->> 'password_hash'\n`,
    after: `update account a set password_hash = d.content ->> 'password_hash', status = d.content ->> 'status'\n`,
  },
];

/** Puts other words into a function of the demo data, and leaves the rest of it as it is. */
const inDemo = (name: string, before: string, after: string): string => `
  do $do$
    declare
      text_before text := pg_get_functiondef('${name}'::regproc);
      text_after text := replace(text_before, $a$${before}$a$, $b$${after}$b$);
    begin
      if text_before = text_after then raise exception 'nothing to change in ${name}'; end if;
      execute text_after;
    end $do$`;

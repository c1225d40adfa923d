import type { MigrationInterface, QueryRunner } from 'typeorm';

const hasWayIn = (more: string): string => `
  create or replace function has_way_in(organization uuid, person uuid) returns boolean stable language sql as $$
    select exists (select from account where org_id = organization and id = person and password_hash is not null)
        or exists (select from passkey where org_id = organization and account_id = person)${more}
  $$;`;

const keeps = (person: string): string => `
  create or replace function account_keeps_way_in() returns trigger language plpgsql as $$
  declare
    person uuid := ${person};
  begin
    -- One at a time: of two ways in that are removed at once the second must see that the first is gone.
    perform from account where org_id = old.org_id and id = person and status = 'active' for no key update;
    if found and not has_way_in(old.org_id, person) then
      raise exception 'a person keeps a way in'
        using errcode = 'check_violation', constraint = 'account_keeps_way_in', table = tg_table_name;
    end if;
    return null;
  end $$;`;

/** An account at a provider that is on is a way in; and a password is not taken away where it is the last. */
export class ProvidersAreAWayIn20261122100001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ${hasWayIn(`
        or exists (
          select from linked_identity l join identity_provider p on p.org_id = l.org_id and p.id = l.provider_id
          where l.org_id = organization and l.account_id = person and p.enabled)`)}
      ${keeps(`(to_jsonb(old) ->> case tg_table_name when 'account' then 'id' else 'account_id' end)::uuid`)}
      create constraint trigger account_keeps_way_in after delete on linked_identity deferrable initially deferred
        for each row execute function account_keeps_way_in();
      create constraint trigger account_keeps_way_in after update of password_hash on account deferrable initially deferred
        for each row when (old.password_hash is not null and new.password_hash is null) execute function account_keeps_way_in();
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop trigger account_keeps_way_in on account;
      drop trigger account_keeps_way_in on linked_identity;
      ${keeps('old.account_id')}
      ${hasWayIn('')}
    `);
  }
}

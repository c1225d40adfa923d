import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Passkeys (WebAuthn): a way in of its own, and a second factor after the password. And the rule that a person keeps a way in. */
export class Passkeys20261122030001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table passkey (
        id            uuid primary key,
        org_id        uuid not null references organization,
        account_id    uuid not null,
        name          text not null,
        credential_id bytea not null,
        public_key    bytea not null,
        rp_id         text not null,
        counter       bigint not null,
        transports    text[] not null default '{}',
        backed_up     boolean not null,
        created_at    timestamptz not null,
        last_used_at  timestamptz,

        constraint passkey_account foreign key (org_id, account_id) references account (org_id, id) on delete cascade,
        constraint passkey_credential_unique unique (credential_id),
        constraint passkey_name_length check (char_length(name) between 1 and 100),
        constraint passkey_counter_counts check (counter >= 0)
      );
      create index passkey_by_account on passkey (org_id, account_id, created_at);
      call guard_by_organization('passkey');

      comment on table passkey is 'A key pair an authenticator made for an account (WebAuthn); the private half never leaves it.';
      comment on column passkey.rp_id is 'The host it was made for. A browser offers it there and nowhere else.';
      comment on column passkey.counter is 'What the authenticator counted when it was used last; 0 for those that do not count.';
      comment on column passkey.backed_up is 'A copy is kept somewhere, as synchronised passkeys are.';

      create table passkey_challenge (
        hash       bytea primary key,
        purpose    text not null,
        account_id uuid references account on delete cascade,
        expires_at timestamptz not null,

        constraint passkey_challenge_purpose_known check (purpose in ('enrolment', 'sign-in', 'second-step')),
        constraint passkey_challenge_of_somebody check ((purpose = 'sign-in') = (account_id is null))
      );
      create index passkey_challenge_by_age on passkey_challenge (expires_at);
      alter table passkey_challenge enable row level security;
      create policy system on passkey_challenge to berth_system using (true) with check (true);
      grant select, insert, update, delete on passkey_challenge to berth_system;

      comment on table passkey_challenge is 'What an authenticator has to sign next, good once and for five minutes. Before a sign-in nobody knows whose it is.';

      create function has_way_in(organization uuid, person uuid) returns boolean stable language sql as $$
        select exists (select from account where org_id = organization and id = person and password_hash is not null)
            or exists (select from passkey where org_id = organization and account_id = person)
      $$;
      comment on function has_way_in is 'Whether a person can sign in at all. What adds a way in adds its line here and a trigger on its table.';

      create function account_keeps_way_in() returns trigger language plpgsql as $$
      begin
        -- One at a time: of two ways in that are removed at once the second must see that the first is gone.
        perform from account where org_id = old.org_id and id = old.account_id and status = 'active' for no key update;
        if found and not has_way_in(old.org_id, old.account_id) then
          raise exception 'a person keeps a way in'
            using errcode = 'check_violation', constraint = 'account_keeps_way_in', table = tg_table_name;
        end if;
        return null;
      end $$;
      comment on function account_keeps_way_in is 'For tables of ways in: at the end of the transaction an active person who lost one of them has another.';
      create constraint trigger account_keeps_way_in after delete on passkey deferrable initially deferred
        for each row execute function account_keeps_way_in();
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table passkey_challenge, passkey;
      drop function account_keeps_way_in, has_way_in;
    `);
  }
}

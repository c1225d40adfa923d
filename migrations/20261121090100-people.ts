import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts, their sign-ins and the keys that sign access tokens. */
export class People20261121090100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table account (
        id            uuid primary key,
        org_id        uuid not null references organization,
        username      text not null,
        email         text not null,
        display_name  text not null,
        password_hash text,
        role          text not null,
        status        text not null default 'active',
        preferences   jsonb not null default '{}',
        version       integer not null default 1,
        created_at    timestamptz not null,

        constraint account_organization unique (org_id, id),
        constraint account_role_known check (role in ('admin', 'user', 'guest')),
        constraint account_status_known check (status in ('active', 'suspended')),
        constraint account_username_shape check (username ~ '^[^[:space:]@]{1,100}$'),
        constraint account_email_shape check (email ~ '^[^[:space:]@]+@[^[:space:]@]+$' and char_length(email) <= 254),
        constraint account_display_name_length check (char_length(display_name) between 1 and 200)
      );
      create unique index account_username_unique on account (lower(username));
      create unique index account_email_unique on account (lower(email));
      create index account_by_name on account (org_id, lower(display_name), id) where status = 'active';
      call guard_by_organization('account');
      revoke delete on account from berth_app, berth_system;

      comment on table account is 'A person. Names are unique in the installation, so signing in needs no organization.';
      comment on column account.password_hash is 'argon2id in PHC string form; null when the person signs in another way.';

      create table session (
        id               uuid primary key,
        org_id           uuid not null references organization,
        account_id       uuid not null,
        token_hash       bytea not null,
        previous_hash    bytea,
        successor_sealed bytea,
        rotated_at       timestamptz,
        created_at       timestamptz not null,
        expires_at       timestamptz not null,
        revoked_at       timestamptz,
        revoked_reason   text,
        user_agent       text,
        address          inet,

        constraint session_account foreign key (org_id, account_id) references account (org_id, id) on delete cascade
      );
      create index session_by_account on session (org_id, account_id);
      call guard_by_organization('session');

      comment on table session is 'One sign-in and its family of refresh tokens: each use replaces the token, an old one kills the family.';
      comment on column session.successor_sealed is 'The newest token, sealed, for a tab that raced: shown again within 10 s to who presents the one before.';

      create table signing_key (
        id             text primary key,
        private_sealed bytea not null,
        public_jwk     jsonb not null,
        created_at     timestamptz not null,
        retired_at     timestamptz
      );
      alter table signing_key enable row level security;
      create policy system on signing_key to berth_system using (true) with check (true);
      grant select, insert, update on signing_key to berth_system;

      comment on table signing_key is 'ES256 keys of access tokens; the private half is sealed with the installation secret.';

      create table stream_ticket (
        hash       bytea primary key,
        org_id     uuid not null references organization,
        account_id uuid not null,
        session_id uuid not null references session on delete cascade,
        expires_at timestamptz not null,

        constraint stream_ticket_account foreign key (org_id, account_id) references account (org_id, id) on delete cascade
      );
      call guard_by_organization('stream_ticket');

      comment on table stream_ticket is 'One-use tickets that open a live stream; good for 30 s on any replica.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table stream_ticket, signing_key, session, account`);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tokens people make for programs that work in their name. */
export class ApiTokens20261121232004 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table api_token (
        id           uuid primary key,
        org_id       uuid not null references organization,
        account_id   uuid not null,
        name         text not null,
        hash         bytea not null,
        scopes       text[] not null,
        created_at   timestamptz not null,
        expires_at   timestamptz not null,
        last_used_at timestamptz,
        revoked_at   timestamptz,

        constraint api_token_account foreign key (org_id, account_id) references account (org_id, id) on delete cascade,
        constraint api_token_hash_unique unique (hash),
        constraint api_token_name_length check (char_length(name) between 1 and 100),
        constraint api_token_has_scopes check (cardinality(scopes) between 1 and 100)
      );
      create index api_token_by_account on api_token (org_id, account_id, created_at);
      call guard_by_organization('api_token');

      comment on table api_token is 'What a program shows to work in somebody’s name, with the rights both have: the token and its owner. Only its hash is kept.';
      comment on column api_token.scopes is 'Permissions. The owner held them when the token was made; what the owner loses the token loses.';
      comment on column api_token.last_used_at is 'To the minute.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table api_token`);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people allowed clients: by a code that came back to them, or by one typed in from a device. */
export class OAuthGrants20261122020002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table oauth_grant (
        id                 uuid primary key,
        org_id             uuid not null references organization,
        client_id          uuid not null,
        account_id         uuid not null,
        scopes             text[] not null,
        created_at         timestamptz not null,
        redirect_uri       text,
        code_hash          bytea,
        code_challenge     text,
        code_expires_at    timestamptz,
        code_used_at       timestamptz,
        refresh_hash       bytea,
        previous_hash      bytea,
        successor_sealed   bytea,
        rotated_at         timestamptz,
        refresh_expires_at timestamptz,
        revoked_at         timestamptz,
        revoked_reason     text,

        constraint oauth_grant_of_organization unique (org_id, id),
        constraint oauth_grant_client foreign key (org_id, client_id) references oauth_client (org_id, id) on delete cascade,
        constraint oauth_grant_account foreign key (org_id, account_id) references account (org_id, id) on delete cascade,
        constraint oauth_grant_code_unique unique (code_hash),
        constraint oauth_grant_code_whole check (num_nonnulls(redirect_uri, code_hash, code_challenge, code_expires_at) in (0, 4)),
        constraint oauth_grant_code_used check (code_used_at is null or code_hash is not null),
        constraint oauth_grant_refresh_whole check ((refresh_hash is null) = (refresh_expires_at is null)),
        constraint oauth_grant_has_scopes check (cardinality(scopes) between 1 and 100),
        constraint oauth_grant_revoked_for check ((revoked_at is null) = (revoked_reason is null)),
        constraint oauth_grant_reason_known check (revoked_reason in ('by-person', 'by-client', 'code-reuse', 'token-reuse'))
      );
      create index oauth_grant_by_account on oauth_grant (org_id, account_id, created_at);
      create index oauth_grant_of_client on oauth_grant (org_id, client_id);
      call guard_by_organization('oauth_grant');
      comment on table oauth_grant is 'A client one person allowed some scopes. Its code is good once; its refresh token is another one after each use.';
      comment on column oauth_grant.code_challenge is 'SHA-256 of the verifier (RFC 7636, S256), base64url.';

      alter table api_token
        add column grant_id uuid,
        add constraint api_token_grant foreign key (org_id, grant_id) references oauth_grant (org_id, id) on delete cascade,
        add constraint api_token_granted_to_client check (grant_id is null or client_id is not null);
      create index api_token_of_grant on api_token (org_id, grant_id) where grant_id is not null;
      comment on column api_token.grant_id is 'What a person allowed; null where the client asked by itself, or there is none.';

      create table oauth_device_code (
        id           uuid primary key,
        org_id       uuid not null references organization,
        client_id    uuid not null,
        device_hash  bytea not null,
        user_code    text not null,
        scopes       text[] not null,
        created_at   timestamptz not null,
        expires_at   timestamptz not null,
        interval_s   integer not null,
        polled_at    timestamptz,
        denied_at    timestamptz,
        grant_id     uuid,
        used_at      timestamptz,

        constraint oauth_device_code_client foreign key (org_id, client_id) references oauth_client (org_id, id) on delete cascade,
        constraint oauth_device_code_grant foreign key (org_id, grant_id) references oauth_grant (org_id, id) on delete cascade,
        constraint oauth_device_code_device_unique unique (device_hash),
        constraint oauth_device_code_user_unique unique (user_code),
        constraint oauth_device_code_answered_once check (num_nonnulls(denied_at, grant_id) <= 1),
        constraint oauth_device_code_used_if_allowed check (used_at is null or grant_id is not null)
      );
      create index oauth_device_code_of_client on oauth_device_code (org_id, client_id);
      create index oauth_device_code_of_grant on oauth_device_code (org_id, grant_id) where grant_id is not null;
      create index oauth_device_code_to_forget on oauth_device_code (expires_at);
      call guard_by_organization('oauth_device_code');
      comment on table oauth_device_code is 'A device that waits for somebody to type its code into the console (RFC 8628).';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table oauth_device_code;
      delete from api_token where grant_id is not null;
      alter table api_token drop constraint api_token_grant, drop constraint api_token_granted_to_client, drop column grant_id;
      drop table oauth_grant;
    `);
  }
}

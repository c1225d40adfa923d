import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Programs that ask for tokens (OAuth 2.0 clients), their secrets, and the tokens they were given. */
export class OAuthClients20261122020001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(clients);
    await db.query(tokens);
    await db.query(allowances);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop function take_requests_of_client;
      drop table client_allowance;
      delete from api_token where client_id is not null;
      alter table api_token drop constraint api_token_named, drop constraint api_token_client, drop column client_id, alter column name set not null;
      drop table oauth_client_secret, oauth_client;
    `);
  }
}

const clients = `
  create table oauth_client (
    id            uuid primary key,
    org_id        uuid not null references organization,
    owner_id      uuid not null,
    name          text not null,
    type          text not null,
    grant_types   text[] not null,
    redirect_uris text[] not null,
    scopes        text[] not null,
    per_minute    integer not null,
    version       integer not null default 1,
    created_at    timestamptz not null,
    last_used_at  timestamptz,
    revoked_at    timestamptz,

    constraint oauth_client_of_organization unique (org_id, id),
    constraint oauth_client_owner foreign key (org_id, owner_id) references account (org_id, id) on delete cascade,
    constraint oauth_client_name_length check (char_length(name) between 1 and 100),
    constraint oauth_client_type_known check (type in ('confidential', 'public')),
    constraint oauth_client_grant_types_known check (cardinality(grant_types) between 1 and 4 and grant_types <@ array[
      'client_credentials', 'authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code']),
    constraint oauth_client_credentials_are_secret check (type = 'confidential' or 'client_credentials' <> all (grant_types)),
    constraint oauth_client_redirects_somewhere check (('authorization_code' = any (grant_types)) = (cardinality(redirect_uris) > 0)),
    constraint oauth_client_redirect_uris_few check (cardinality(redirect_uris) <= 20),
    constraint oauth_client_has_scopes check (cardinality(scopes) between 1 and 100),
    constraint oauth_client_per_minute_range check (per_minute between 10 and 1000000)
  );
  create unique index oauth_client_name_unique on oauth_client (org_id, lower(name)) where revoked_at is null;
  create index oauth_client_by_owner on oauth_client (org_id, owner_id);
  call guard_by_organization('oauth_client');
  comment on table oauth_client is 'A program that asks for tokens. What one may do is never more than this, its owner or the person who allowed it.';
  comment on column oauth_client.owner_id is 'Whose rights a token has that the client asked for by itself.';
  comment on column oauth_client.redirect_uris is 'Compared letter by letter.';
  comment on column oauth_client.scopes is 'Permissions it may ask for; what it loses its tokens lose.';

  create table oauth_client_secret (
    org_id     uuid not null,
    client_id  uuid not null,
    is_current boolean not null,
    hash       bytea not null,
    created_at timestamptz not null,
    expires_at timestamptz,

    constraint oauth_client_secret_two_at_most primary key (client_id, is_current),
    constraint oauth_client_secret_client foreign key (org_id, client_id) references oauth_client (org_id, id) on delete cascade,
    constraint oauth_client_secret_overlap_ends check (is_current = (expires_at is null))
  );
  create index oauth_client_secret_of_client on oauth_client_secret (org_id, client_id);
  call guard_by_organization('oauth_client_secret');
  comment on table oauth_client_secret is 'The secret of a client and the one before it, which is good a while longer. Only hashes are kept.';
`;

const tokens = `
  alter table api_token
    add column client_id uuid,
    alter column name drop not null,
    add constraint api_token_client foreign key (org_id, client_id) references oauth_client (org_id, id) on delete cascade,
    add constraint api_token_named check ((name is null) = (client_id is not null));
  create index api_token_of_client on api_token (org_id, client_id) where client_id is not null;
  comment on column api_token.client_id is 'The client it was given to; null for one a person made, which has a name instead.';
`;

const allowances = `
  create table client_allowance (
    org_id    uuid not null,
    client_id uuid not null,
    full_at   timestamptz not null default 'epoch',

    constraint client_allowance_pkey primary key (client_id),
    constraint client_allowance_client foreign key (org_id, client_id) references oauth_client (org_id, id) on delete cascade
  );
  create index client_allowance_of_client on client_allowance (org_id, client_id);
  call guard_by_organization('client_allowance');
  comment on column client_allowance.full_at is 'When all requests of a minute can be sent again: the theoretical arrival time of GCRA.';

  create function take_requests_of_client(p_org uuid, p_client uuid, p_wish integer)
    returns table (granted integer, per_minute integer, remaining integer, full_in double precision, retry_in double precision)
    language plpgsql set synchronous_commit to off as $$
  #variable_conflict use_column
  declare
    kept timestamptz;
    at timestamptz;
    in_reach integer;
  begin
    perform set_config('app.org', p_org::text, true);
    insert into client_allowance (org_id, client_id) values (p_org, p_client) on conflict do nothing;
    select full_at into kept from client_allowance where client_id = p_client for update;
    select c.per_minute into per_minute from oauth_client c where c.id = p_client;
    at := clock_timestamp();
    in_reach := requests_in_reach(kept, at, per_minute);
    granted := least(p_wish, in_reach);
    kept := greatest(kept, at) + make_interval(secs => granted * 60.0 / per_minute);
    update client_allowance set full_at = kept where client_id = p_client;
    remaining := in_reach - granted;
    full_in := greatest(0, extract(epoch from kept - at));
    retry_in := case when granted > 0 then 0 else full_in - 60 + 60.0 / per_minute end;
    return next;
  end $$;
`;

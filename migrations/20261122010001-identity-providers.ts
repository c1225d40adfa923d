import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Signing in with OpenID Connect: providers, what their groups and roles mean here, and whose account is whose there. */
export class IdentityProviders20261122010001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(providers);
    await db.query(links);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table session drop column proved_by;
      drop table proved_identity, linked_identity;
      alter table role_assignment drop column provider_id;
      alter table group_member drop column provider_id;
      drop table identity_mapping, identity_provider;
    `);
  }
}

const providers = `
  create table identity_provider (
    id                   uuid primary key,
    org_id               uuid not null references organization,
    key                  text not null,
    name                 text not null,
    issuer               text not null,
    client_id            text not null,
    secret_sealed        bytea,
    scopes               text[] not null,
    prompt               text,
    max_age              integer,
    admits               text not null,
    new_role             text not null,
    domains              text[] not null default '{}',
    trusts_emails        boolean not null default false,
    second_factor_values text[] not null default '{}',
    claims               jsonb not null,
    position             integer not null,
    enabled              boolean not null default true,
    configured_by        uuid not null,
    version              integer not null default 1,
    created_at           timestamptz not null,

    constraint identity_provider_organization unique (org_id, id),
    constraint identity_provider_key_unique unique (key),
    constraint identity_provider_key_shape check (key ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'),
    constraint identity_provider_name_length check (char_length(name) between 1 and 100),
    constraint identity_provider_issuer_shape check (issuer ~ '^https?://' and char_length(issuer) <= 500),
    constraint identity_provider_prompt_known check (prompt in ('login', 'consent', 'select_account')),
    constraint identity_provider_max_age_range check (max_age between 0 and 31536000),
    constraint identity_provider_admits_known check (admits in ('linked', 'invited', 'anyone')),
    constraint identity_provider_new_role_known check (new_role in ('admin', 'user', 'guest')),
    constraint identity_provider_configured_by foreign key (org_id, configured_by) references account (org_id, id)
  );
  call guard_by_organization('identity_provider');
  comment on table identity_provider is 'OpenID providers people sign in with; the key stands in the redirect URI and is unique in the installation.';
  comment on column identity_provider.admits is 'Who comes in: people who linked an account, also who was invited, or anyone it knows.';
  comment on column identity_provider.second_factor_values is 'Values of amr or acr that count as our second factor; empty is none.';
  comment on column identity_provider.configured_by is 'Whose rights bound what it gives: who changed it last.';

  create table identity_mapping (
    id          uuid primary key,
    org_id      uuid not null references organization,
    provider_id uuid not null,
    source      text not null,
    value       text not null,
    group_id    uuid,
    built_in    text,
    role_id     uuid,

    constraint identity_mapping_provider foreign key (org_id, provider_id) references identity_provider (org_id, id) on delete cascade,
    constraint identity_mapping_group foreign key (org_id, group_id) references people_group (org_id, id) on delete cascade,
    constraint identity_mapping_role foreign key (org_id, role_id) references role (org_id, id),
    constraint identity_mapping_source_known check (source in ('group', 'role')),
    constraint identity_mapping_value_length check (char_length(value) between 1 and 500),
    constraint identity_mapping_one_target check (num_nonnulls(group_id, built_in, role_id) = 1),
    constraint identity_mapping_once unique nulls not distinct (provider_id, source, value, group_id, built_in, role_id)
  );
  call guard_by_organization('identity_mapping');
  comment on table identity_mapping is 'Who has this group or role at the provider is in this group, or has this role, here; applied at every sign-in.';

  alter table group_member add column provider_id uuid,
    add constraint group_member_provider foreign key (org_id, provider_id) references identity_provider (org_id, id) on delete cascade;
  comment on column group_member.provider_id is 'The provider whose groups put the person here and take them out again; null where somebody did.';

  alter table role_assignment add column provider_id uuid,
    add constraint role_assignment_provider foreign key (org_id, provider_id) references identity_provider (org_id, id) on delete cascade;
  comment on column role_assignment.provider_id is 'The provider whose roles gave it and take it away again; null where somebody did.';
`;

const links = `
  create table linked_identity (
    id           uuid primary key,
    org_id       uuid not null references organization,
    account_id   uuid not null,
    provider_id  uuid not null,
    subject      text not null,
    label        text not null,
    created_at   timestamptz not null,
    last_used_at timestamptz,

    constraint linked_identity_account foreign key (org_id, account_id) references account (org_id, id) on delete cascade,
    constraint linked_identity_provider foreign key (org_id, provider_id) references identity_provider (org_id, id) on delete cascade,
    constraint linked_identity_once unique (provider_id, subject),
    constraint linked_identity_one_each unique (account_id, provider_id)
  );
  call guard_by_organization('linked_identity');
  comment on table linked_identity is 'Whose account is whose at a provider: by its subject, never by an address.';

  create table proved_identity (
    id              uuid primary key,
    org_id          uuid not null references organization,
    provider_id     uuid not null,
    token_hash      bytea not null,
    identity_sealed bytea not null,
    used_at         timestamptz,
    expires_at      timestamptz not null,

    constraint proved_identity_organization unique (org_id, id),
    constraint proved_identity_token_unique unique (token_hash),
    constraint proved_identity_provider foreign key (org_id, provider_id) references identity_provider (org_id, id) on delete cascade
  );
  create index proved_identity_by_expiry on proved_identity (expires_at);
  call guard_by_organization('proved_identity');
  comment on table proved_identity is 'Somebody a provider vouched for, until a session is opened or a link made, once; then what signing out there needs.';

  alter table session add column proved_by uuid,
    add constraint session_proved_by foreign key (org_id, proved_by) references proved_identity (org_id, id) on delete set null (proved_by);
  create index session_by_proof on session (proved_by) where proved_by is not null;
  comment on column session.proved_by is 'What the provider said when this session was opened by signing in there.';
`;

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Webhooks, their secrets, what is to be sent to them and every attempt to do so. */
export class Webhooks20261122111001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(endpoints);
    await db.query(deliveries);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table webhook_attempt, webhook_delivery, webhook_secret, webhook');
  }
}

const endpoints = `
  create table webhook (
    id                uuid primary key,
    org_id            uuid not null references organization,
    name              text not null,
    url               text not null,
    state             text not null default 'active',
    disabled_reason   text,
    events            text[] not null,
    scope_kind        text not null,
    scope_ids         uuid[] not null default '{}',
    scope_descendants boolean not null default false,
    payload           text not null,
    header_names      text[] not null default '{}',
    headers_sealed    bytea,
    responsible_id    uuid,
    failing_since     timestamptz,
    resting_until     timestamptz,
    version           integer not null default 1,
    created_at        timestamptz not null,

    constraint webhook_organization unique (org_id, id),
    constraint webhook_responsible foreign key (org_id, responsible_id) references account (org_id, id) on delete set null (responsible_id),
    constraint webhook_name_length check (char_length(name) between 1 and 100),
    constraint webhook_url_shape check (url ~ '^https?://' and char_length(url) <= 2000),
    constraint webhook_state_known check (state in ('active', 'paused', 'disabled')),
    constraint webhook_disabled_for_a_reason check ((state = 'disabled') = (disabled_reason is not null)),
    constraint webhook_disabled_reason_known check (disabled_reason in ('gone', 'failing')),
    constraint webhook_events_few check (cardinality(events) between 1 and 100),
    constraint webhook_scope_known check (scope_kind in ('all', 'sites', 'types', 'resources')),
    constraint webhook_scope_named check ((scope_kind = 'all') = (cardinality(scope_ids) = 0) and cardinality(scope_ids) <= 200),
    constraint webhook_scope_descends check (not scope_descendants or scope_kind = 'resources'),
    constraint webhook_payload_known check (payload in ('thin', 'full', 'provisioning')),
    constraint webhook_headers_few check (cardinality(header_names) <= 20),
    constraint webhook_headers_named check ((cardinality(header_names) = 0) = (headers_sealed is null))
  );
  create unique index webhook_name_unique on webhook (org_id, lower(name));
  call guard_by_organization('webhook');
  comment on table webhook is 'An address that is told what happens (Standard Webhooks 1.0).';
  comment on column webhook.events is 'Event types; object.* takes all of an object, * all.';
  comment on column webhook.header_names is 'Names of the headers it wants on every request; their values lie sealed.';
  comment on column webhook.responsible_id is 'Who set it up or changed it last: their rights bound what it is told, and they hear when it is disabled.';
  comment on column webhook.failing_since is 'The first failure since something last arrived; after five days it is disabled.';
  comment on column webhook.resting_until is 'The receiver asked for time (429 or 503 with Retry-After).';

  create table webhook_secret (
    id            uuid primary key,
    org_id        uuid not null,
    webhook_id    uuid not null,
    is_current    boolean not null,
    secret_sealed bytea not null,
    created_at    timestamptz not null,
    expires_at    timestamptz,

    constraint webhook_secret_webhook foreign key (org_id, webhook_id) references webhook (org_id, id) on delete cascade,
    constraint webhook_secret_two_at_most unique (webhook_id, is_current),
    constraint webhook_secret_overlap_ends check (is_current = (expires_at is null))
  );
  create index webhook_secret_of_webhook on webhook_secret (org_id, webhook_id);
  call guard_by_organization('webhook_secret');
  comment on table webhook_secret is 'What a webhook is signed with, and the secret before it, which signs beside it a day longer.';
`;

const deliveries = `
  create table webhook_delivery (
    id               uuid primary key,
    org_id           uuid not null,
    webhook_id       uuid not null,
    event_id         uuid not null,
    event_type       text not null,
    subject          text not null,
    sequence         bigint not null,
    resource_ids     uuid[] not null,
    account_id       uuid,
    body             text not null,
    traceparent      text,
    is_replay        boolean not null default false,
    state            text not null default 'pending',
    attempts         smallint not null default 0,
    first_attempt_at timestamptz,
    next_attempt_at  timestamptz,
    leased_until     timestamptz,
    last_status      smallint,
    last_failure     text,
    last_duration_ms integer,
    delivered_at     timestamptz,
    created_at       timestamptz not null,

    constraint webhook_delivery_organization unique (org_id, id),
    constraint webhook_delivery_webhook foreign key (org_id, webhook_id) references webhook (org_id, id) on delete cascade,
    constraint webhook_delivery_account foreign key (org_id, account_id) references account (org_id, id) on delete cascade,
    constraint webhook_delivery_body_small check (octet_length(body) < 20000),
    constraint webhook_delivery_state_known check (state in ('pending', 'delivered', 'failed', 'exhausted')),
    constraint webhook_delivery_due_while_open check ((state in ('pending', 'failed')) = (next_attempt_at is not null)),
    constraint webhook_delivery_delivered check ((state = 'delivered') = (delivered_at is not null)),
    constraint webhook_delivery_leased_while_open check (leased_until is null or next_attempt_at is not null)
  );
  create unique index webhook_delivery_once on webhook_delivery (webhook_id, event_id) where not is_replay;
  create index webhook_delivery_due on webhook_delivery (webhook_id, next_attempt_at, id) where next_attempt_at is not null;
  create index webhook_delivery_leased on webhook_delivery (webhook_id, leased_until) where leased_until is not null;
  create index webhook_delivery_newest on webhook_delivery (webhook_id, id);
  create index webhook_delivery_by_age on webhook_delivery (created_at);
  create index webhook_delivery_of_person on webhook_delivery (org_id, account_id) where account_id is not null;
  call guard_by_organization('webhook_delivery');
  comment on table webhook_delivery is 'One event for one webhook, kept 30 days. Every attempt sends the same bytes under the same id.';
  comment on column webhook_delivery.account_id is 'The person it is about, where it is about one.';
  comment on column webhook_delivery.is_replay is 'Somebody sent it again: it says nothing about how the receiver is doing.';
  comment on column webhook_delivery.leased_until is 'A worker is sending it; when that worker dies it is due again afterwards.';

  create table webhook_attempt (
    id              uuid primary key,
    org_id          uuid not null,
    webhook_id      uuid not null,
    delivery_id     uuid not null,
    at              timestamptz not null,
    duration_ms     integer not null,
    succeeded       boolean not null,
    counts          boolean not null,
    status          smallint,
    failure         text,
    detail          text,
    request_headers jsonb not null,
    answer          bytea,

    constraint webhook_attempt_delivery foreign key (org_id, delivery_id) references webhook_delivery (org_id, id) on delete cascade,
    constraint webhook_attempt_webhook foreign key (org_id, webhook_id) references webhook (org_id, id) on delete cascade,
    constraint webhook_attempt_answer_short check (octet_length(answer) <= 1024)
  );
  create index webhook_attempt_of_delivery on webhook_attempt (org_id, delivery_id, at);
  create index webhook_attempt_health on webhook_attempt (webhook_id, at) where counts;
  call guard_by_organization('webhook_attempt');
  comment on column webhook_attempt.counts is 'Whether it says how the receiver is doing; what was sent again does not.';
  comment on column webhook_attempt.answer is 'The first KiB of what came back.';
`;

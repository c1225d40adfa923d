import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people are told of what happened, how they want to be told, and what is due to be told to whom. */
export class Notifications20261122112001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(notifications);
    await db.query(ways);
    await db.query(pushes);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table push_message, push_subscription, push_key, acted_link, due_notice, notification_preference, notification`);
  }
}

const notifications = `
  create table notification (
    id            uuid primary key,
    org_id        uuid not null references organization,
    account_id    uuid not null,
    kind          text not null,
    cause         text not null,
    subject_kind  text not null,
    subject_id    uuid not null,
    facts         jsonb not null,
    target        jsonb not null default '{}',
    verbs         text[] not null default '{}',
    in_app        boolean not null,
    needs_action  boolean not null default false,
    at            timestamptz not null,
    read_at       timestamptz,
    snoozed_until timestamptz,
    acted_at      timestamptz,
    digest_due_at timestamptz,

    constraint notification_account foreign key (org_id, account_id) references account (org_id, id) on delete cascade,
    constraint notification_organization unique (org_id, id),
    constraint notification_once unique (org_id, account_id, kind, cause),
    constraint notification_kind_known check (kind in ('booking-confirmed', 'booking-changed', 'booking-cancelled', 'booking-transferred',
      'booking-affected', 'reminder', 'check-in-due', 'no-show', 'ending-soon', 'approval-asked', 'approval-decided', 'approval-expired',
      'question-asked', 'question-answered', 'waitlist-offered', 'waitlist-expired', 'provisioning', 'job-ended', 'quota-warning',
      'webhook-disabled', 'security')),
    constraint notification_verbs_known check (verbs <@ array['approve', 'reject', 'accept', 'decline', 'check-in', 'extend', 'open']),
    constraint notification_documents check (jsonb_typeof(facts) = 'object' and jsonb_typeof(target) = 'object'),
    constraint notification_done_asks_nothing check (acted_at is null or not needs_action)
  );
  create index notification_of_account on notification (org_id, account_id, at desc, id desc) where in_app;
  create index notification_open on notification (org_id, subject_id) where needs_action;
  create index notification_for_digest on notification (digest_due_at) where digest_due_at is not null;
  create index notification_by_age on notification (at);
  call guard_by_organization('notification');
  comment on table notification is 'Something somebody is told, once for each cause; also what only goes out as a letter, so that it goes out once.';
  comment on column notification.cause is 'What made it: the id of an event, or what fell due. The same one tells the same person nothing twice.';
  comment on column notification.facts is 'What the words of it need, as it was when it was told.';
  comment on column notification.in_app is 'Shown in the notification centre; the rest is told in another way.';
  comment on column notification.digest_due_at is 'It waits for the letter that tells several at once, which is due then.';
`;

const ways = `
  create table notification_preference (
    account_id            uuid primary key,
    org_id                uuid not null references organization,
    preset                text not null,
    matrix                jsonb,
    quiet_from            text,
    quiet_to              text,
    quiet_time_zone       text,
    digest                text not null,
    digest_at             text not null,
    reminder_lead_minutes integer[] not null,
    version               integer not null default 1,
    updated_at            timestamptz not null,

    constraint notification_preference_account foreign key (org_id, account_id) references account (org_id, id) on delete cascade,
    constraint notification_preference_preset_known check (preset in ('quiet', 'normal', 'everything', 'own')),
    constraint notification_preference_own_matrix check ((preset = 'own') = (matrix is not null)),
    constraint notification_preference_quiet_whole check (num_nonnulls(quiet_from, quiet_to, quiet_time_zone) in (0, 3)),
    constraint notification_preference_quiet_lasts check (quiet_from <> quiet_to),
    constraint notification_preference_times check (quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$' and quiet_to ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
    constraint notification_preference_digest_at check (digest_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
    constraint notification_preference_digest_known check (digest in ('off', 'daily', 'weekly')),
    constraint notification_preference_leads check (cardinality(reminder_lead_minutes) <= 3 and 1 <= all (reminder_lead_minutes) and 10080 >= all (reminder_lead_minutes))
  );
  call guard_by_organization('notification_preference');
  comment on table notification_preference is 'How somebody who chose wants to be told; others are told as the normal preset says.';
  comment on column notification_preference.quiet_from is 'Wall clock in quiet_time_zone, like 22:00; mail and push wait until quiet_to.';

  create table due_notice (
    reservation_id uuid not null,
    account_id     uuid not null,
    kind           text not null,
    lead_minutes   integer not null,
    org_id         uuid not null references organization,
    due_at         timestamptz not null,

    constraint due_notice_once primary key (reservation_id, account_id, kind, lead_minutes),
    constraint due_notice_kind_known check (kind in ('reminder', 'ending-soon')),
    constraint due_notice_reservation foreign key (org_id, reservation_id) references reservation (org_id, id) on delete cascade,
    constraint due_notice_account foreign key (org_id, account_id) references account (org_id, id) on delete cascade
  );
  create index due_notice_due on due_notice (due_at);
  create index due_notice_of_account on due_notice (org_id, account_id);
  call guard_by_organization('due_notice');
  comment on table due_notice is 'What somebody is to be told before a reservation begins or ends. Moves and goes with the reservation; gone once it is told.';

  create table acted_link (
    id         uuid primary key,
    org_id     uuid not null references organization,
    account_id uuid not null,
    used_at    timestamptz not null,
    expires_at timestamptz not null,

    constraint acted_link_account foreign key (org_id, account_id) references account (org_id, id) on delete cascade
  );
  create index acted_link_over on acted_link (expires_at);
  create index acted_link_of_account on acted_link (org_id, account_id);
  call guard_by_organization('acted_link');
  comment on table acted_link is 'Links of letters that were used: each does what it says once. Kept until the link would have run out.';
`;

const pushes = `
  create table push_key (
    only_one       boolean primary key default true,
    public_key     text not null,
    private_sealed bytea not null,
    created_at     timestamptz not null,
    constraint push_key_only_one check (only_one)
  );
  alter table push_key enable row level security;
  create policy system on push_key to berth_system using (true) with check (true);
  grant select, insert on push_key to berth_system;
  comment on table push_key is 'The VAPID keys (RFC 8292) browsers know this installation by: made once, the private half sealed.';

  create table push_subscription (
    id          uuid primary key,
    org_id      uuid not null references organization,
    account_id  uuid not null,
    endpoint    text not null,
    keys_sealed bytea not null,
    user_agent  text,
    created_at  timestamptz not null,
    last_sent_at timestamptz,

    constraint push_subscription_account foreign key (org_id, account_id) references account (org_id, id) on delete cascade,
    constraint push_subscription_organization unique (org_id, id),
    constraint push_subscription_endpoint unique (org_id, endpoint),
    constraint push_subscription_endpoint_length check (char_length(endpoint) between 1 and 1000)
  );
  create index push_subscription_of_account on push_subscription (org_id, account_id);
  call guard_by_organization('push_subscription');
  comment on table push_subscription is 'A browser that shows notifications (RFC 8030). Its keys encrypt what is sent to it, so that nobody between can read it.';

  create table push_message (
    id              uuid primary key,
    org_id          uuid not null references organization,
    subscription_id uuid not null,
    notification_id uuid not null,
    words_sealed    bytea not null,
    attempt         integer not null default 0,
    next_try_at     timestamptz not null,
    useful_until    timestamptz not null,

    constraint push_message_subscription foreign key (org_id, subscription_id) references push_subscription (org_id, id) on delete cascade,
    constraint push_message_notification foreign key (org_id, notification_id) references notification (org_id, id) on delete cascade,
    constraint push_message_once unique (subscription_id, notification_id)
  );
  create index push_message_due on push_message (next_try_at, id);
  create index push_message_of_notification on push_message (org_id, notification_id);
  call guard_by_organization('push_message');
  comment on table push_message is 'Waits to be sent to a browser; who sends it holds it until next_try_at. Gone once it is over.';
`;

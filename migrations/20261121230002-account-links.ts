import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Links that let somebody in once: invitations, registrations to confirm, forgotten passwords, new addresses to prove. */
export class AccountLinks20261121230002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table organization
        add column password_preset text not null default 'standard',
        add constraint organization_password_preset_known check (password_preset in ('standard', 'composition'));
      alter table account add column email_verified_at timestamptz;

      create table account_link (
        id             uuid primary key,
        org_id         uuid not null references organization,
        purpose        text not null,
        account_id     uuid,
        email          text,
        role           text,
        details_sealed bytea,
        token_hash     bytea not null,
        created_by     uuid,
        created_at     timestamptz not null,
        expires_at     timestamptz not null,
        used_at        timestamptz,
        withdrawn_at   timestamptz,

        constraint account_link_organization unique (org_id, id),
        constraint account_link_account foreign key (org_id, account_id) references account (org_id, id) on delete cascade,
        constraint account_link_creator foreign key (org_id, created_by) references account (org_id, id) on delete set null (created_by),
        constraint account_link_purpose_known check (purpose in ('invitation', 'registration', 'password-reset', 'email-change')),
        constraint account_link_of_somebody check ((purpose in ('password-reset', 'email-change')) = (account_id is not null)),
        constraint account_link_invitation_whole check ((purpose = 'invitation') = (role is not null)),
        constraint account_link_invites_somebody check (purpose <> 'invitation' or used_at is not null or withdrawn_at is not null or email is not null),
        constraint account_link_role_known check (role in ('admin', 'user', 'guest')),
        constraint account_link_ends_once check (num_nonnulls(used_at, withdrawn_at) <= 1)
      );
      create unique index account_link_one_invitation on account_link (org_id, lower(email))
        where purpose = 'invitation' and used_at is null and withdrawn_at is null;
      create index account_link_of_account on account_link (org_id, account_id) where account_id is not null;
      create index account_link_to_forget on account_link (expires_at);
      call guard_by_organization('account_link');

      comment on table account_link is 'Links mailed or handed to one person, good once and for a time. Of the token only the hash is kept.';
      comment on column account_link.email is 'Who is invited; gone once the link is over.';
      comment on column account_link.details_sealed is 'What the link will do: the account a registration asks for, or a new address. Sealed, and gone once it is over.';
      comment on column account.email_verified_at is 'When somebody who reads this address proved it; null when nobody did.';

      create table password_request (
        id           uuid primary key,
        login_sealed bytea not null,
        request_id   text not null,
        created_at   timestamptz not null
      );
      alter table password_request enable row level security;
      create policy system on password_request to berth_system using (true) with check (true);
      grant select, insert, update, delete on password_request to berth_system;

      comment on table password_request is 'Who says to have forgotten a password. Answered before anybody looks whether there is such a person, so that the answer tells nothing.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table password_request, account_link;
      alter table account drop column email_verified_at;
      alter table organization drop constraint organization_password_preset_known, drop column password_preset;
    `);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Somebody acts as another person for a while: a session of that person that hangs on one of their own. */
export class StandingIn20261122210001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table session
        add column stood_in_by uuid,
        add column stood_in_from uuid,
        add column stand_in_reason text,
        add constraint session_stood_in_by foreign key (org_id, stood_in_by) references account (org_id, id) on delete cascade,
        add constraint session_stood_in_from foreign key (stood_in_from) references session (id) on delete cascade,
        add constraint session_stand_in_whole check (num_nonnulls(stood_in_by, stood_in_from, stand_in_reason) in (0, 3)),
        add constraint session_nobody_stands_in_for_themselves check (stood_in_by <> account_id),
        add constraint session_stand_in_is_short check (stood_in_by is null or expires_at <= created_at + interval '30 minutes');
      create unique index session_one_stand_in on session (stood_in_by) where stood_in_by is not null and revoked_at is null;
      create index session_stood_in_from on session (stood_in_from) where stood_in_from is not null;
      comment on column session.stood_in_by is 'Who acts as the account; null for the account itself.';
      comment on column session.stood_in_from is 'Their own session; when it ends, so does this one.';
      comment on column session.stand_in_reason is 'Why, as they wrote it; the person is told.';

      alter table event
        drop constraint event_via_known,
        add constraint event_via_known check (via_kind in ('session', 'token', 'client', 'system', 'stand-in'));
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    // Fails where somebody stood in: what they did cannot be told without it.
    await db.query(`
      alter table event
        drop constraint event_via_known,
        add constraint event_via_known check (via_kind in ('session', 'token', 'client', 'system'));
      delete from session where stood_in_by is not null;
      drop index session_one_stand_in;
      drop index session_stood_in_from;
      alter table session drop column stood_in_by, drop column stood_in_from, drop column stand_in_reason;
    `);
  }
}

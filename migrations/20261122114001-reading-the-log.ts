import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the audit log is filtered by is found without reading all of it; filters people keep; files they asked for. */
export class ReadingTheLog20261122114001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // Of events that have their place: the transaction that writes one pays for none of them, the sequencer does.
    await db.query(`
      create index event_by_actor on event (org_id, actor_id, sequence) where sequence is not null;
      create index event_by_type on event (org_id, type, sequence) where sequence is not null;
      create index event_by_kind on event (org_id, subject_kind, sequence) where sequence is not null;
      create index event_by_object on event (org_id, subject_id, sequence) where sequence is not null;
      create index event_by_id on event (org_id, id) where sequence is not null;
      create index event_by_time on event (org_id, at) include (sequence) where sequence is not null;
      create index event_by_address on event (org_id, address, sequence) where sequence is not null and address is not null;

      create table audit_view (
        id         uuid primary key,
        org_id     uuid not null references organization,
        account_id uuid not null,
        name       text not null,
        filter     jsonb not null,
        created_at timestamptz not null,

        constraint audit_view_organization unique (org_id, id),
        constraint audit_view_account foreign key (org_id, account_id) references account (org_id, id) on delete cascade,
        constraint audit_view_name_length check (char_length(name) between 1 and 200),
        constraint audit_view_filter_is_object check (jsonb_typeof(filter) = 'object')
      );
      create unique index audit_view_name_unique on audit_view (org_id, account_id, lower(name));
      call guard_by_organization('audit_view');

      create table audit_export_part (
        org_id  uuid not null references organization,
        job_id  uuid not null,
        part    integer not null,
        content text not null,

        constraint audit_export_part_once primary key (job_id, part),
        constraint audit_export_part_job foreign key (org_id, job_id) references job (org_id, id) on delete cascade
      );
      call guard_by_organization('audit_export_part');

      comment on table audit_view is 'Filters of the audit log somebody keeps under a name; theirs alone.';
      comment on table audit_export_part is 'A file of the audit log, written part by part as the job reads on; it goes with the job.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table audit_export_part, audit_view;
      drop index event_by_address, event_by_time, event_by_id, event_by_object, event_by_kind, event_by_type, event_by_actor;
    `);
  }
}

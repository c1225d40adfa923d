import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A date of a series can be waited for; what is offered then fills that date. */
export class WaitForADate20261121203001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table waitlist_entry
        add column occurrence_id uuid,
        add constraint waitlist_entry_occurrence foreign key (org_id, occurrence_id) references reservation (org_id, id),
        add constraint waitlist_entry_occurrence_of_resource check (occurrence_id is null or resource_id is not null);
      create unique index waitlist_entry_occurrence_once on waitlist_entry (occurrence_id)
        where occurrence_id is not null and status in ('waiting', 'offered');
      comment on column waitlist_entry.occurrence_id is
        'The skipped occurrence of a series that is waited for; it knows its series and recurrence id, whatever becomes of them.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table waitlist_entry drop constraint waitlist_entry_occurrence_of_resource, drop constraint waitlist_entry_occurrence,
        drop column occurrence_id;
    `);
  }
}

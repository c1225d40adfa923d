import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A series and an entry of the waitlist keep what was answered, for the reservations that come of them later. */
export class SeriesAnswers20261121202001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table series
        add column custom_fields jsonb not null default '{}',
        add constraint series_custom_fields_object check (jsonb_typeof(custom_fields) = 'object');
      alter table waitlist_entry
        add column custom_fields jsonb not null default '{}',
        add constraint waitlist_entry_custom_fields_object check (jsonb_typeof(custom_fields) = 'object');

      update series s
      set custom_fields = coalesce((select v.custom_fields from reservation v where v.series_id = s.id order by v.starts_at desc limit 1), '{}');

      comment on column series.custom_fields is 'Answers of the occurrences that are still to come; one that stands keeps its own.';
      comment on column waitlist_entry.custom_fields is 'Answers of the reservation it becomes; judged when it was made and when it is served.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table waitlist_entry drop constraint waitlist_entry_custom_fields_object, drop column custom_fields;
      alter table series drop constraint series_custom_fields_object, drop column custom_fields;
    `);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What kinds of resources ask of whoever books one, and what they answered. */
export class CustomFields20261121195002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table resource_type
        add column fields jsonb not null default '[]',
        add constraint resource_type_fields_list check (jsonb_typeof(fields) = 'array' and jsonb_array_length(fields) <= 30);
      alter table reservation
        add column custom_fields jsonb not null default '{}',
        add constraint reservation_custom_fields_object check (jsonb_typeof(custom_fields) = 'object');

      comment on column resource_type.fields is 'Questions to whoever books: key, label, kind, required, options.';
      comment on column reservation.custom_fields is 'Answers by the key of the field; judged by the fields of the moment they were given.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table reservation drop constraint reservation_custom_fields_object, drop column custom_fields;
      alter table resource_type drop constraint resource_type_fields_list, drop column fields;
    `);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who booked for somebody else. */
export class BookedBy20261121191002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table reservation add column booked_by_id uuid;
      alter table reservation add constraint reservation_booked_by foreign key (org_id, booked_by_id) references account (org_id, id);
      alter table reservation add constraint reservation_booked_by_another check (booked_by_id <> organizer_id);

      comment on column reservation.booked_by_id is 'The person who booked it on behalf of the organizer; null when that was the organizer.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table reservation drop constraint reservation_booked_by_another;
      alter table reservation drop constraint reservation_booked_by;
      alter table reservation drop column booked_by_id;
    `);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * PostgreSQL keeps the plans of a function. Those it made while there were hardly any reservations read the whole of each table, for every
 * booking, until it next looks how large they have become.
 */
export class BookingByIndex20261124000003 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('alter function book_one_unit set enable_seqscan = off');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('alter function book_one_unit reset enable_seqscan');
  }
}

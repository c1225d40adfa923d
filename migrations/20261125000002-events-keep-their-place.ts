import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Asks the trigger about sequenced events only: called for each event that gets its place, it had nothing to say. */
export class EventsKeepTheirPlace20261125000002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create or replace trigger event_keeps_its_place before update on event
        for each row when (old.sequence is not null) execute function event_keeps_its_place()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      'create or replace trigger event_keeps_its_place before update on event for each row execute function event_keeps_its_place()',
    );
  }
}

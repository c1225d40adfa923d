import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A job goes on with the trace of the request that asked for it. */
export class JobTrace20261122113003 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table job add column traceparent text;
      comment on column job.traceparent is 'W3C trace of the request that asked for it; what the job does is told with it.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`alter table job drop column traceparent`);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const LAYERS = ['organization', 'site', 'resource_type', 'resource'];

/** Takes `tentativeBlocks: false` out of stored policies: it is refused from now on, and it was never applied (ADR 0020). */
export class WaitingHoldsItsTime20261121220001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const layer of LAYERS) {
      await db.query(`update ${layer} set policy = policy - 'tentativeBlocks' where policy @> '{"tentativeBlocks": false}'`);
    }
  }

  /** Nothing to restore: what is gone had no effect. */
  async down(): Promise<void> {}
}

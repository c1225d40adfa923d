import { migrations } from '@berth/migrations';
import { DataSource } from 'typeorm';

/**
 * Brings the schema up to date; safe to call from several processes at once (one migrates, the others wait).
 * @param url the owner's URL
 * @returns names of the migrations that ran
 */
export async function migrate(url: string): Promise<string[]> {
  const source = new DataSource({
    type: 'postgres',
    url,
    migrations: [...migrations],
    migrationsTableName: 'schema_migration',
    logging: false,
  });
  await source.initialize();
  const lock = source.createQueryRunner();
  try {
    await lock.query(`select pg_advisory_lock(hashtext('berth.migrate'))`);
    const ran = await source.runMigrations({ transaction: 'all' });
    return ran.map((it) => it.name);
  } finally {
    await lock.query(`select pg_advisory_unlock(hashtext('berth.migrate'))`).catch(() => undefined);
    await lock.release();
    await source.destroy();
  }
}

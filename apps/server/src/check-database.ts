import type { Database } from '@berth/platform/database';

const OLDEST_VERSION = 150_000;

/**
 * Refuses a database on which the promises would not hold.
 * @throws Error with what to change
 */
export async function checkDatabase(database: Database): Promise<void> {
  const [facts] = await database.system.sql<{ version: number; bypasses: boolean; apart_ms: number }>`
    select current_setting('server_version_num')::int as version,
           (select bool_or(rolbypassrls or rolsuper) from pg_roles where rolname in ('berth_app', 'berth_system')) as bypasses,
           extract(epoch from clock_timestamp() - ${new Date()})::float8 * 1000 as apart_ms`;
  if (!facts) throw new Error('The database does not answer.');
  if (facts.version < OLDEST_VERSION) throw new Error('Berth needs PostgreSQL 15 or newer.');
  if (facts.bypasses)
    throw new Error('The roles berth_app and berth_system must not bypass row security: alter role … nosuperuser nobypassrls.');
  if (Math.abs(facts.apart_ms) > 5_000)
    throw new Error(`The clocks of this machine and the database are ${Math.round(facts.apart_ms / 1000)} s apart.`);
}

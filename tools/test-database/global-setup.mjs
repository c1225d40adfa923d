/** One throw-away PostgreSQL for a run of tests, with a migrated template that each test file clones. */
import { rmSync } from 'node:fs';
import pg from 'pg';
import { throwAwayDirectory } from './throw-away-directory.mjs';

export default async function setUp() {
  const { startEmbedded, migrate, removeEmbedded } = await import('../../dist/libs/platform/database/src/index.js');
  const dataDir = throwAwayDirectory('berth-test-');
  const server = await startEmbedded({ dataDir, durable: false, log: () => undefined });
  const template = new URL(server.url);
  template.pathname = '/berth_template';
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query('create database berth_template');
  await client.end();
  await migrate(template.href);
  process.env.TEST_DATABASE_URL = server.url;
  globalThis.stopTestDatabase = async () => {
    await server.stop();
    await removeEmbedded(dataDir);
    rmSync(dataDir, { recursive: true, force: true });
  };
}

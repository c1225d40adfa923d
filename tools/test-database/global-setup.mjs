/** One throw-away PostgreSQL for a run of tests, with a migrated template that each test file clones. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

export default async function setUp() {
  const { startEmbedded, migrate, removeEmbedded } = await import('../../dist/libs/platform/database/src/index.js');
  const dataDir = mkdtempSync(join(tmpdir(), 'berth-test-'));
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

import 'reflect-metadata';
import { Database } from '@berth/platform/database';
import { Clock, createLog, readConfig, Secrets } from '@berth/platform/runtime';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createApi } from './create-api';
import { createOpenApi } from './openapi';

/** Writes the contract to the file named on the command line. Needs no database: nothing is asked of it. */
const [target] = process.argv.slice(2);
if (!target) throw new Error('Usage: write-openapi FILE');
const databaseUrl = 'postgres://127.0.0.1:1/none';
const database = new Database(databaseUrl, 2);
const app = await createApi({
  config: readConfig({}),
  clock: new Clock(),
  secrets: new Secrets(randomBytes(32)),
  log: createLog('silent'),
  database,
  databaseUrl,
});
writeFileSync(target, `${JSON.stringify(createOpenApi(app), null, 2)}\n`);
process.exit(0);

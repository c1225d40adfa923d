/** `npm run db:…`: the database of this clone, as the server would find it (DATABASE_URL, BERTH_DATA_DIR). */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { Failure, phase, say } from '../toolchain/phase.mjs';
import { server } from './builds.mjs';
import { dist, root, serverMain } from './paths.mjs';
import { isStale, rebuild } from './stale.mjs';

/** Writes an empty migration and adds it to the list. @param {readonly string[]} args */
export function createMigration([subject]) {
  if (!subject || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(subject)) throw new Failure('Usage: npm run db:migration subject-in-lower-case');
  const time = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const name = subject.replaceAll(/(^|-)(\w)/g, (_, __, letter) => letter.toUpperCase()) + time;
  const file = join(root, 'migrations', `${time}-${subject}.ts`);
  writeFileSync(file, migrationText(name), { flag: 'wx' });
  const list = join(root, 'migrations/index.ts');
  const text = readFileSync(list, 'utf8')
    .replace(/\n\n/, `\nimport { ${name} } from './${time}-${subject}';\n\n`)
    .replace(/\n\];/, `\n  ${name},\n];`);
  writeFileSync(list, text);
  say(`migrations/${time}-${subject}.ts`);
}

export async function migrateDatabase() {
  await withDatabase(async ({ database, url }) => {
    const ran = await database.migrate(url);
    say(ran.length > 0 ? ran.join('\n') : 'The database is up to date.');
  });
}

/** Throws the data of the embedded server away and migrates an empty database. @param {readonly string[]} args */
export async function resetDatabase(args) {
  const { config, database } = await platform();
  if (config.databaseUrl) throw new Failure('DATABASE_URL is set: empty that database yourself, then npm run db:migrate.');
  if (!args.includes('--yes') && process.stdin.isTTY)
    throw new Failure(`This deletes the database in ${config.dataDir}: npm run db:reset -- --yes`);
  await database.removeEmbedded(config.dataDir);
  await migrateDatabase();
}

/** Loads the demo organization into an empty database, as the server does it. */
export async function seedDatabase() {
  await platform();
  const child = spawn(process.execPath, [serverMain], {
    cwd: root,
    env: { ...process.env, BERTH_DEMO: '1', PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('Berth is ready')) child.kill('SIGTERM');
    else say(line);
  }
  const [code] = await ended;
  if (code !== 0) throw new Failure('The demo organization could not be loaded.');
}

/** @param {(place: { database: any, url: string }) => Promise<void>} work */
async function withDatabase(work) {
  const { config, database } = await platform();
  if (config.databaseUrl) return work({ database, url: config.databaseUrl });
  const embedded = await database.startEmbedded({ dataDir: config.dataDir, durable: true, log: say });
  try {
    return await work({ database, url: embedded.url });
  } finally {
    await embedded.stop();
  }
}

async function platform() {
  if (isStale(server)) {
    const { compileServer } = await import('./compile.mjs');
    await phase('Building the server', () => rebuild(server, compileServer));
  }
  const load = (/** @type {string} */ lib) => import(pathToFileURL(join(dist, 'libs/platform', lib, 'src/index.js')).href);
  await import('reflect-metadata');
  const { readConfig } = await load('runtime');
  return { config: readConfig(process.env), database: await load('database') };
}

/** @param {string} name */
function migrationText(name) {
  return `import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What this changes, in one sentence. */
export class ${name} implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(\`
    \`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(\`
    \`);
  }
}
`;
}

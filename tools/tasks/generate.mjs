/** `npm run generate` and `generate:check`: files made from the code and committed. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runChild } from '../toolchain/child.mjs';
import { Failure, phase, say } from '../toolchain/phase.mjs';
import { server } from './builds.mjs';
import { describeOperations } from './operation-docs.mjs';
import { bin, dist, root } from './paths.mjs';
import { dumpSchema } from './schema-dump.mjs';
import { isStale, rebuild } from './stale.mjs';

/** Where each artifact stands in the repository. */
const artifacts = ['apps/api/openapi.json', 'libs/api-client/src/generated', 'migrations/schema.sql', '.env.example'];

export async function generate() {
  const made = await makeAll();
  for (const artifact of artifacts) {
    rmSync(join(root, artifact), { recursive: true, force: true });
    cpSync(join(made, artifact), join(root, artifact), { recursive: true });
  }
  rmSync(made, { recursive: true });
  say(artifacts.join('\n'));
}

export async function generateCheck() {
  const made = await makeAll();
  const stale = artifacts.filter((it) => !isSame(join(made, it), join(root, it)));
  rmSync(made, { recursive: true });
  if (stale.length > 0) throw new Failure(`Out of date, run npm run generate and commit:\n  ${stale.join('\n  ')}`);
  return 0;
}

/** Makes all artifacts in a directory of their own. */
async function makeAll() {
  if (isStale(server)) {
    const { compileServer } = await import('./compile.mjs');
    await phase('Building the server', () => rebuild(server, compileServer));
  }
  const made = mkdtempSync(join(tmpdir(), 'berth-generate-'));
  for (const artifact of artifacts) mkdirSync(join(made, artifact, '..'), { recursive: true });
  const openapi = join(made, 'apps/api/openapi.json');
  await must('The contract could not be written.', [join(dist, 'apps/api/src/write-openapi.js'), openapi]);
  const document = JSON.parse(readFileSync(openapi, 'utf8'));
  describeOperations(document);
  writeFileSync(openapi, `${JSON.stringify(document, null, 2)}\n`);
  const client = join(made, 'libs/api-client/src/generated');
  await must('The client could not be generated.', [
    bin('ng-openapi-gen'),
    '--input',
    openapi,
    '--output',
    client,
    '--config',
    join(root, 'libs/api-client/ng-openapi-gen.json'),
    '--silent',
    'true',
  ]);
  writeFileSync(join(made, 'migrations/schema.sql'), await dumpSchema());
  writeFileSync(join(made, '.env.example'), await environment());
  return made;
}

/** @param {string} complaint @param {readonly string[]} script */
async function must(complaint, script) {
  if ((await runChild(process.execPath, script, { cwd: root })) !== 0) throw new Failure(complaint);
}

async function environment() {
  const { configKeys } = await import(pathToFileURL(join(dist, 'libs/platform/runtime/src/index.js')).href);
  const lines = configKeys.map(
    (/** @type {{ name: string, fallback: string, comment: string }} */ it) => `# ${it.comment}\n${it.name}=${it.fallback}\n`,
  );
  return `# Every setting with its default.\n\n${lines.join('\n')}`;
}

/** @param {string} a @param {string} b @returns {boolean} */
function isSame(a, b) {
  if (!existsSync(a) || !existsSync(b)) return false;
  if (!statSync(a).isDirectory()) return readFileSync(a).equals(readFileSync(b));
  const files = (/** @type {string} */ dir) =>
    readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((it) => it.isFile())
      .map((it) => relative(dir, join(it.parentPath, it.name)))
      .sort();
  const [left, right] = [files(a), files(b)];
  return left.join('\n') === right.join('\n') && left.every((it) => readFileSync(join(a, it)).equals(readFileSync(join(b, it))));
}

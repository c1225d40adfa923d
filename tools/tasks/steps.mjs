/** What `npm test`, `npm run check` and `npm run e2e` run. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bin, root } from './paths.mjs';

/**
 * One step: a script on our Node. `count` tells what it proved, from its exit code and what it wrote to `report`.
 * @typedef {{ passed: number, failed: number }} Count
 * @typedef {{ code: number, report: string }} Result
 * @typedef {{ name: string, script: readonly string[], env?: Record<string, string>, minutes?: number, count: (result: Result) => Count }} Step
 *
 * Steps that follow one another, or rows of steps that run side by side.
 * @typedef {readonly Step[] | { readonly rows: readonly (readonly Step[])[] }} Stage
 */

const results = join(root, 'test-results');

/** A check that passes or fails as a whole: one test. @returns {Step} */
function whole(/** @type {string} */ name, /** @type {readonly string[]} */ script) {
  return { name, script, count: ({ code }) => (code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }) };
}

/** @returns {Step} */
function jest(/** @type {string} */ name, /** @type {readonly string[]} */ args, /** @type {readonly string[]} */ nodeArgs = []) {
  const script = [...nodeArgs, bin('jest'), ...args, '--ci', '--passWithNoTests', '--json', `--outputFile=${reportOf(name)}`];
  return { name, script, count: countJest };
}

/** @returns {Step} */
function playwright(/** @type {string} */ name, /** @type {string} */ config) {
  const script = [bin('@playwright/test', 'playwright'), 'test', '--config', config, '--reporter=list,json', '--pass-with-no-tests'];
  return { name, script, env: { PLAYWRIGHT_JSON_OUTPUT_FILE: reportOf(name) }, count: countPlaywright };
}

/** @param {string} name */
export function reportOf(name) {
  return join(results, `${name.replaceAll(/[^a-z0-9]+/gi, '-')}.json`);
}

/** A file that does not compile has no tests that could fail; it counts as one. @param {Result} result @returns {Count} */
function countJest({ code, report }) {
  const json = readReport(report);
  if (!json) return { passed: 0, failed: 1 };
  const failed = json.numFailedTests + json.numRuntimeErrorTestSuites;
  return { passed: json.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}

/** @param {Result} result @returns {Count} */
function countPlaywright({ code, report }) {
  const json = readReport(report);
  if (!json) return { passed: 0, failed: 1 };
  const failed = json.stats.unexpected + json.errors.length;
  return { passed: json.stats.expected + json.stats.flaky, failed: failed === 0 && code !== 0 ? 1 : failed };
}

/** @param {string} file */
function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

const nx = bin('nx');
const esm = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];

const stories = [
  jest('stories', ['--testPathPatterns', '\\.e2e\\.ts$'], esm),
  playwright('journeys', 'apps/web-e2e/playwright.config.ts'),
  playwright('weight', 'apps/web-e2e/weight.config.ts'),
];

const format = whole('format', ['tools/tasks.mjs', 'format', '--check']);
const serverTypes = whole('types of the server', [bin('typescript', 'tsc'), '-p', 'tsconfig.server.json']);
const build = whole('build', ['tools/tasks.mjs', 'build']);

/** @type {readonly Stage[]} */
export const everything = [
  // Each of these keeps one processor busy. What asks Nx, or needs what is built, stands in one row.
  {
    rows: [
      [
        whole('lint', ['tools/tasks.mjs', 'lint']),
        build,
        whole('words of the console', ['tools/i18n/check.mjs']),
        whole('size of the console', ['tools/bundle/check.mjs']),
        whole('generated files', ['tools/tasks.mjs', 'generate:check']),
        whole('contract', [bin('@redocly/cli', 'redocly'), 'lint', 'apps/api/openapi.json', '--format=summary']),
      ],
      [format, serverTypes, whole('types of the console', [bin('typescript', 'tsc'), '-p', 'tsconfig.web.spec.json'])],
    ],
  },
  [
    jest('rules and database', ['--testPathPatterns', '\\.spec\\.(ts|mjs)$'], esm),
    jest('console', ['-c', 'jest.web.config.cjs']),
    ...stories,
  ],
];

/** What concerns the files changed since the main branch. @type {readonly Stage[]} */
export const changed = [
  [format, whole('lint and tests of what changed', [nx, 'affected', '-t', 'lint', 'test', 'test-web', '--parallel=1']), serverTypes],
];

/** @type {readonly Stage[]} */
export const endToEnd = [[build, ...stories]];

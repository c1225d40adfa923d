/** Whether a build is older than what it was made from: a hash of names, sizes and times of change beside the result. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { dist, root } from './paths.mjs';

/**
 * What a build is made from and what has to be there when it is done, as paths in the repository.
 * @typedef {{ name: string, inputs: readonly string[], without: readonly string[], output: string }} Build
 */

/** @param {Build} build */
export function isStale(build) {
  const stamp = stampOf(build);
  return !existsSync(join(root, build.output)) || !existsSync(stamp) || readFileSync(stamp, 'utf8') !== fingerprint(build);
}

/**
 * Builds and remembers what it was built from. A change made meanwhile, or a build cut short, leaves it stale.
 * @param {Build} build
 * @param {() => Promise<void>} work
 */
export async function rebuild(build, work) {
  const stamp = stampOf(build);
  rmSync(stamp, { force: true });
  const madeFrom = fingerprint(build);
  await work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, madeFrom);
}

/** The files below the inputs of a build, as sorted paths in the repository. @param {Pick<Build, 'inputs' | 'without'>} build */
export function filesOf({ inputs, without }) {
  return inputs
    .flatMap((input) => filesBelow(input))
    .filter((file) => !without.some((it) => file === it || file.startsWith(`${it}/`)))
    .sort();
}

/** @param {string} path */
function filesBelow(path) {
  const status = statSync(join(root, path), { throwIfNoEntry: false });
  if (!status) return [];
  if (!status.isDirectory()) return [path];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).split(sep).join('/'));
}

/** @param {Build} build */
function fingerprint(build) {
  const hash = createHash('sha256').update(process.version);
  for (const file of filesOf(build)) {
    const { size, mtimeMs } = statSync(join(root, file));
    hash.update(`${file}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** @param {Build} build */
function stampOf(build) {
  return join(dist, '.stamps', build.name);
}

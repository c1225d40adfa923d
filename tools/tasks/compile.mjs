/** Compiles the server with swc, one file to one file, and copies what it reads at run time. */
import { transformFile } from '@swc/core';
import { copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { server } from './builds.mjs';
import { dist, root } from './paths.mjs';
import { filesOf } from './stale.mjs';

const SOURCE = /(?<!\.d|\.spec|\.e2e)\.ts$/;
const ASSET = /\.(json|sql|html|txt|csv)$/;
const NOT_AN_ASSET = /(^|\/)(project|package|package-lock|tsconfig[^/]*)\.json$/;

/** Compiles the whole server: a second, and nothing to go wrong between files. Results without a source are removed. */
export async function compileServer() {
  const files = filesOf(server).filter((it) => /^(apps|libs|migrations)\//.test(it));
  const sources = files.filter((it) => SOURCE.test(it));
  const assets = files.filter((it) => ASSET.test(it) && !NOT_AN_ASSET.test(it));
  await removeOutdated(new Set([...sources.map(resultOf), ...assets]));
  await Promise.all([...sources.map(compile), ...assets.map(copy)]);
}

/** @param {string} source */
function resultOf(source) {
  return source.replace(/\.ts$/, '.js');
}

/** @param {string} source */
async function compile(source) {
  const { code } = await transformFile(join(root, source), { cwd: root, root, configFile: join(root, '.swcrc') });
  await write(join(dist, resultOf(source)), code);
}

/** @param {string} asset */
async function copy(asset) {
  await mkdir(dirname(join(dist, asset)), { recursive: true });
  await copyFile(join(root, asset), join(dist, asset));
}

/** @param {string} file @param {string} text */
async function write(file, text) {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** @param {ReadonlySet<string>} results */
async function removeOutdated(results) {
  for (const top of ['apps', 'libs', 'migrations']) {
    const names = await readdir(join(dist, top), { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of names) {
      const file = join(entry.parentPath, entry.name);
      if (entry.isFile() && !results.has(file.slice(dist.length + 1))) await rm(file);
    }
  }
}

/** The Node.js that Berth runs on: the machine's own when it will do, else the pinned one from the npm registry. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alone } from './lock.mjs';
import { npmInstall } from './npm.mjs';
import { Failure, phase } from './phase.mjs';

const recipe = fileURLToPath(new URL('.', import.meta.url));

/**
 * Gives the path of a Node that runs Berth, installing the pinned one when needed.
 * @param {string} toolchain the git-ignored directory it is installed in
 * @returns {Promise<string>}
 */
export async function provideNode(toolchain) {
  if (isSupported(process.versions.node)) return process.execPath;
  const name = `node-${process.platform}-${process.arch}`;
  const version = pinned()[name];
  if (!version) throw new Failure(installYourself());
  const node = join(toolchain, 'node_modules', name, 'bin/node');
  if (answers(node, version)) return node;
  await alone(join(toolchain, 'install.lock'), async () => {
    if (answers(node, version)) return;
    await phase(`Fetching Node.js ${version} (this machine has ${process.versions.node})`, () => install(toolchain));
  });
  if (!answers(node, version)) throw new Failure(`Node.js ${version} was fetched but does not run here. ${installYourself()}`);
  return node;
}

/** `^24.15.0 || >=26.0.0`, as the packages of Berth ask for. @param {string} version */
export function isSupported(version) {
  const [major, minor] = version.split('.').map(Number);
  return major >= 26 || (major === 24 && minor >= 15);
}

/** @param {string} toolchain */
async function install(toolchain) {
  // What an earlier attempt that was killed left there may look complete to npm.
  rmSync(join(toolchain, 'node_modules'), { recursive: true, force: true });
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(recipe, file), join(toolchain, file));
  await npmInstall({ node: process.execPath, directory: toolchain, toolchain, args: ['--ignore-scripts', '--include=optional'] });
}

/** @returns {Record<string, string>} */
function pinned() {
  return JSON.parse(readFileSync(join(recipe, 'package.json'), 'utf8')).optionalDependencies;
}

/** @param {string} node @param {string} version */
function answers(node, version) {
  return existsSync(node) && spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout?.trim() === `v${version}`;
}

function installYourself() {
  const version = Object.values(pinned())[0];
  return (
    `Berth needs Node.js 24.15 or newer of 24, or 26 and newer; this is ${process.versions.node} on ${process.platform} ${process.arch}. ` +
    `Install Node.js ${version} from https://nodejs.org/en/download and start again.`
  );
}

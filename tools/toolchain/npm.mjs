/** The npm that came with the machine's Node, run on the Node of our choice. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, closeSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { runChild } from './child.mjs';
import { Failure } from './phase.mjs';

/** Debian takes npm apart and teaches only its own Node where the pieces are. */
const DEBIAN_MODULES = ['/usr/share/nodejs', '/usr/lib/nodejs'].join(delimiter);

/**
 * Runs `npm install` with the given arguments in a directory. Its output goes to a file and is shown when it fails.
 * @param {{ node: string, directory: string, toolchain: string, args: readonly string[] }} install
 */
export async function npmInstall({ node, directory, toolchain, args }) {
  const env = npmEnvironment(node, toolchain);
  const npm = findNpm(node, env);
  const log = join(toolchain, 'npm.log');
  const all = [...npm.args, 'install', '--no-save', '--no-audit', '--no-fund', '--loglevel=warn', ...args];
  // A registry that drops a connection is common, and what was fetched is kept: once more is cheap.
  for (const last of [false, true]) {
    const output = openSync(log, 'w');
    const code = await runChild(npm.command, all, { cwd: directory, env: npm.env, stdio: ['ignore', output, output] });
    closeSync(output);
    if (code === 0) return;
    if (last) throw new Failure(`npm install failed in ${directory}:\n${tail(readFileSync(log, 'utf8'))}`);
  }
}

/**
 * The environment for npm and the install scripts it runs: our Node first, and nothing of the npm that may have started us.
 * @param {string} node
 * @param {string} toolchain
 */
function npmEnvironment(node, toolchain) {
  const env = { ...process.env, PATH: [dirname(node), process.env.PATH].join(delimiter) };
  for (const name of Object.keys(env)) {
    if (/^npm_(package|lifecycle)_/.test(name) || name === 'npm_config_local_prefix') delete env[name];
  }
  const cache = env.npm_config_cache ?? join(homedir(), '.npm');
  env.npm_config_cache = isWritable(cache) ? cache : join(toolchain, 'npm-cache');
  // The tests have their own ways to a browser.
  env.PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD = '1';
  return env;
}

/**
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ command: string, args: string[], env: NodeJS.ProcessEnv }}
 */
function findNpm(node, env) {
  const scripts = [process.env.npm_execpath, ...besideNode(process.execPath), ...onPath()].filter((it) => it && existsSync(it));
  for (const script of scripts.map((it) => realpathSync(it))) {
    if (basename(script) !== 'npm-cli.js') continue;
    for (const command of [node, process.execPath]) {
      for (const way of [env, { ...env, NODE_PATH: DEBIAN_MODULES }]) {
        const found = { command, args: [script], env: way };
        if (works(found)) return found;
      }
    }
  }
  const found = { command: 'npm', args: [], env };
  if (works(found)) return found;
  throw new Failure('Berth needs npm, which usually comes with Node.js: https://nodejs.org/en/download');
}

/** @param {{ command: string, args: string[], env: NodeJS.ProcessEnv }} npm */
function works(npm) {
  return spawnSync(npm.command, [...npm.args, '--version'], { env: npm.env, stdio: 'ignore' }).status === 0;
}

/** @param {string} node */
function besideNode(node) {
  const directory = dirname(realpathSync(node));
  return ['../lib/node_modules', 'node_modules'].map((it) => join(directory, it, 'npm/bin/npm-cli.js'));
}

function onPath() {
  return (process.env.PATH ?? '').split(delimiter).map((directory) => join(directory, 'npm'));
}

/** Tries it: as root, and on some mounts, the mode of a directory says little. @param {string} directory */
function isWritable(directory) {
  try {
    // Not its parents: a home that does not exist is not ours to create.
    if (!existsSync(directory)) mkdirSync(directory);
    rmSync(mkdtempSync(join(directory, 'berth-')), { recursive: true });
    return true;
  } catch {
    return false;
  }
}

/** @param {string} text */
function tail(text) {
  return text.trim().split('\n').slice(-30).join('\n');
}

/** Places in the repository that tasks share. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const toolchain = join(root, '.toolchain');
export const dist = join(root, 'dist');
export const serverMain = join(dist, 'apps/server/src/main.js');

const require = createRequire(import.meta.url);

/**
 * Gives the script behind a command of an installed package, to be run on our own Node: the links in node_modules/.bin
 * are run by whatever Node is first on the path.
 * @param {string} name package
 * @param {string} [command] its command, when the package has several
 */
export function bin(name, command = name) {
  const manifest = join(root, 'node_modules', name, 'package.json');
  const entry = require(manifest).bin;
  return join(dirname(manifest), typeof entry === 'string' ? entry : entry[command]);
}

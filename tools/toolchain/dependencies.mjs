/** The packages in node_modules, installed when package-lock.json says something else than what is there. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alone } from './lock.mjs';
import { npmInstall } from './npm.mjs';
import { phase } from './phase.mjs';

/**
 * @param {{ root: string, toolchain: string, node: string }} where
 */
export async function provideDependencies({ root, toolchain, node }) {
  const wanted = fingerprint(root);
  const modules = join(root, 'node_modules');
  const stamp = join(modules, '.berth-stamp');
  const isCurrent = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (isCurrent()) return;
  await alone(join(toolchain, 'install.lock'), async () => {
    if (isCurrent()) return;
    await install({ root, toolchain, node, modules });
    writeFileSync(stamp, wanted);
  });
}

/** Not `npm ci`: that fails where a registry lacks the optional packages of other platforms. */
async function install(
  /** @type {{ root: string, toolchain: string, node: string, modules: string }} */ { root, toolchain, node, modules },
) {
  const unfinished = join(modules, '.berth-installing');
  if (existsSync(unfinished)) {
    // npm takes a package that was half unpacked when it was killed for an installed one.
    await phase('Removing packages of an installation that was cut short', async () => rmSync(modules, { recursive: true, force: true }));
  }
  const first = !existsSync(modules);
  mkdirSync(modules, { recursive: true });
  writeFileSync(unfinished, '');
  // NODE_ENV=production, or omit in a .npmrc, would leave out what builds the console.
  const args = ['--include=dev', '--include=optional', '--include=peer'];
  const title = first ? 'Installing packages (once; about 900 MB, some minutes)' : 'Updating packages';
  await phase(title, () => npmInstall({ node, directory: root, toolchain, args }));
  rmSync(unfinished);
}

/** @param {string} root */
function fingerprint(root) {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}\n`;
}

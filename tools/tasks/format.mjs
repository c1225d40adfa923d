/** `npm run format`: writes every file the way Prettier does; `--check` only looks. */
import { runChild } from '../toolchain/child.mjs';
import { bin, root } from './paths.mjs';

/** @param {readonly string[]} args */
export function format(args) {
  const mode = args.includes('--check') ? '--check' : '--write';
  const files = args.filter((it) => it !== '--check');
  return runChild(process.execPath, [bin('prettier'), mode, '--log-level=warn', ...(files.length > 0 ? files : ['.'])], { cwd: root });
}

/**
 * Lints the whole repository in one process: thirty times faster to start than one for each project, same rules. The
 * project graph is made first, because without one the rule about arrows skips itself and says nothing.
 */
import { runChild } from '../toolchain/child.mjs';
import { bin, root } from './paths.mjs';

export async function lint() {
  const graph = await runChild(process.execPath, [bin('nx'), 'show', 'projects'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (graph !== 0) return graph;
  return runChild(process.execPath, [bin('eslint'), 'apps', 'libs', 'migrations', '--max-warnings=0'], { cwd: root });
}

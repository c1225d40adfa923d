/** `npm start`: builds what is stale and becomes the server. */
import { pathToFileURL } from 'node:url';
import { runChild } from '../toolchain/child.mjs';
import { isAnythingStale } from './builds.mjs';
import { root, serverMain } from './paths.mjs';

/**
 * The build runs in a process of its own, whose memory goes with it. The server runs in this one: signals reach it
 * directly, and killing this process kills it.
 */
export async function start() {
  if (isAnythingStale()) {
    const code = await runChild(process.execPath, [`${root}/tools/tasks.mjs`, 'build']);
    if (code !== 0) return code;
  }
  process.argv = [process.execPath, serverMain, ...process.argv.slice(3)];
  await import(pathToFileURL(serverMain).href);
  return process.exitCode;
}

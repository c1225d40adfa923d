/** Ends with the npm that runs us: `npm start` killed with -9 must not leave a server on the port. */
import { readFileSync } from 'node:fs';

const INTERVAL_MS = 500;
const FARTHEST = 4;

/**
 * Calls back once when the npm above this process is gone. Without one, never: a server started in the background
 * outlives its shell.
 * @param {() => void} gone
 */
export function whenNpmIsGone(gone) {
  if (!process.env.npm_lifecycle_event) return;
  const chain = linksUpToNpm();
  if (chain.length === 0) return;
  const timer = setInterval(() => {
    if (chain.every(({ child, parent }) => parentOf(child) === parent)) return;
    clearInterval(timer);
    gone();
  }, INTERVAL_MS);
  timer.unref();
}

/** npm starts a shell that starts us; the death of npm shows in the parent of that shell. */
function linksUpToNpm() {
  const chain = [];
  for (let child = process.pid; chain.length < FARTHEST;) {
    const parent = parentOf(child);
    if (parent === undefined || parent <= 1) return [];
    chain.push({ child, parent });
    if (isNpm(parent)) return chain;
    child = parent;
  }
  return [];
}

/** @param {number} pid */
function parentOf(pid) {
  if (pid === process.pid) return process.ppid;
  try {
    return Number(
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[1],
    );
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function isNpm(pid) {
  try {
    return /\bnpm\b/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  } catch {
    return false;
  }
}

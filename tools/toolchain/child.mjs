/** Child processes that live no longer than this one. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** The signals that ask a program to end. */
export const endings = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/** @type {Set<import('node:child_process').ChildProcess>} */
const living = new Set();
/** @type {NodeJS.Signals | undefined} */
let ending;

/**
 * Runs a program to its end and gives its exit code (128 + number when a signal ended it). A signal that asks us to end
 * is handed on; then this process ends as soon as its children have, with the code of the last one.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @param {(child: import('node:child_process').ChildProcess) => void} [started]
 * @returns {Promise<number>}
 */
export function runChild(command, args, options = {}, started = () => undefined) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    enter(child);
    started(child);
    child.once('error', (error) => {
      leave(child);
      reject(error);
    });
    child.once('close', (code, signal) => {
      leave(child);
      const exitCode = code ?? exitCodeOf(signal);
      if (ending && living.size === 0) process.exit(exitCode);
      resolve(exitCode);
    });
  });
}

/** @param {NodeJS.Signals | null} signal */
function exitCodeOf(signal) {
  return 128 + (signal ? constants.signals[signal] : 0);
}

/** @param {import('node:child_process').ChildProcess} child */
function enter(child) {
  if (living.size === 0) for (const signal of endings) process.on(signal, forward);
  living.add(child);
}

/** Without children a signal ends this process the ordinary way. @param {import('node:child_process').ChildProcess} child */
function leave(child) {
  if (living.delete(child) && living.size === 0) for (const signal of endings) process.off(signal, forward);
}

/** @param {NodeJS.Signals} signal */
function forward(signal) {
  const first = ending === undefined;
  ending = signal;
  // A terminal sends its Ctrl-C to the children as well, and npm may send us more; a repetition would look like impatience.
  if (!first || (signal === 'SIGINT' && process.stdin.isTTY)) return;
  for (const child of living) child.kill(signal);
}

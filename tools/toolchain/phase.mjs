/** Output that reads the same on a terminal and in a log: plain lines, nothing overwritten. */

const HEARTBEAT_MS = 15_000;

/** A failure whose message is all a person needs; it is shown without a stack. */
export class Failure extends Error {}

/** @param {string} line */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/**
 * Tells what is being done, that it still is, and how long it took.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function phase(title, work) {
  const start = Date.now();
  const seconds = () => Math.round((Date.now() - start) / 1000);
  say(`${title} …`);
  const heartbeat = setInterval(() => say(`  … ${seconds()} s`), HEARTBEAT_MS);
  try {
    const result = await work();
    say(`  done in ${seconds()} s`);
    return result;
  } finally {
    clearInterval(heartbeat);
  }
}

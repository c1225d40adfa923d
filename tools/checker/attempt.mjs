import { setTimeout as sleep } from 'node:timers/promises';
import { NoAnswer } from './berth-client.mjs';

/** Answers that do not say whether the effect took place, or say that it is not decided yet. */
const UNDECIDED = new Set([500, 502, 503, 504]);
const MOST_ATTEMPTS = 30;

/**
 * @typedef {object} Trouble
 * @property {number} cut share of requests whose connection is destroyed after it was written
 * @property {number} double share of requests sent twice at the same time with one key
 */

/**
 * @typedef {object} Outcome
 * @property {import('./berth-client.mjs').Answer|null} answer the first definite one; null when there never was one
 * @property {string[]} answers what every success under this key named, to compare
 * @property {number} attempts
 * @property {number[]} serverErrors statuses of 500 and above met on the way
 */

/**
 * Sends one keyed request until its outcome is definite: a broken connection, a 5xx or «in progress» is repeated with the same key.
 * @param {import('./berth-client.mjs').BerthClient} client
 * @param {string} method
 * @param {string} path
 * @param {{body?: unknown, key: string}} sending
 * @param {import('./random.mjs').Random} random
 * @param {Trouble} trouble
 * @returns {Promise<Outcome>}
 */
export async function sendUntilDefinite(client, method, path, sending, random, trouble) {
  const serverErrors = [];
  for (let attempts = 1; attempts <= MOST_ATTEMPTS; attempts++) {
    const cutAfterMs = random.happens(trouble.cut) ? random.below(12) : undefined;
    const copies = random.happens(trouble.double) ? 2 : 1;
    const replies = await Promise.all(Array.from({ length: copies }, () => once(client, method, path, { ...sending, cutAfterMs })));
    const definite = replies.filter((reply) => reply && !undecided(reply));
    serverErrors.push(...replies.filter((reply) => reply && reply.status >= 500).map((reply) => reply.status));
    // Refusals are not kept under a key, so of two copies one may be refused and the other served: what was served counts.
    const served = definite.filter((reply) => reply.status < 300);
    if (definite.length > 0) return { answer: served[0] ?? definite[0], answers: served.map(named), attempts, serverErrors };
    await sleep(random.below(10 * attempts));
  }
  return { answer: null, answers: [], attempts: MOST_ATTEMPTS, serverErrors };
}

async function once(client, method, path, sending) {
  try {
    return await client.send(method, path, sending);
  } catch (error) {
    if (error instanceof NoAnswer) return undefined;
    throw error;
  }
}

const undecided = (answer) => UNDECIDED.has(answer.status) || answer.body?.code === 'idempotency-in-progress';

/** What an answer says, short enough to compare: the thing it names, or why not. */
const named = (answer) => `${answer.status} ${answer.body?.id ?? answer.body?.code ?? ''}`.trim();

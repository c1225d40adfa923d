import { createWriteStream, readFileSync } from 'node:fs';

/**
 * What one client asked for and heard: the only evidence the checker judges by.
 *
 * `inv` and `end` are monotonic nanoseconds of the harness since the run began. `ok` and `fail` are definite; `info` means the outcome never
 * became known, so the operation may still take effect at any later time (its `end` is null).
 * @typedef {object} Operation
 * @property {number} client
 * @property {'book'|'confirm'|'move'|'cancel'|'restore'|'hold'|'release'|'expire'|'read'} f
 * @property {Record<string, any>} args instants are epoch milliseconds; `title` of a booking is its key, so rows can be traced back
 * @property {string|null} key the Idempotency-Key, the same on every retry
 * @property {number} inv
 * @property {number|null} end
 * @property {'ok'|'fail'|'info'} type
 * @property {Record<string, any>} result
 * @property {number} [attempts]
 */

/**
 * @typedef {object} Meta
 * @property {number} seed
 * @property {number} startedAt epoch milliseconds at nanosecond 0
 * @property {{id: string, name: string, leaves: string[], capacity: number}[]} units what can be booked
 * @property {Record<string, number>} leaves capacity by leaf
 * @property {{start: number, end: number}} window
 * @property {number} slackMs how far the clocks of harness and database may differ
 */

/**
 * One reservation as it stands when everything is quiet.
 * @typedef {object} FinalRow
 * @property {string} id
 * @property {string} title
 * @property {string} status
 * @property {string} unit
 * @property {number} start
 * @property {number} end
 * @property {string} owner
 * @property {number} quantity
 * @property {number} version
 * @property {{type: string, version?: number}[]|null} events its own history, or null when it was not read
 */

/**
 * @typedef {object} History
 * @property {Meta} meta
 * @property {Operation[]} operations in order of `inv`
 * @property {FinalRow[]} final
 */

/** Statuses that block time. */
export const BLOCKING = new Set(['held', 'pending', 'confirmed', 'checked_in']);

/** Codes of a refusal because the time is somebody else's. */
export const CONFLICT_CODES = new Set(['reservation-conflict', 'slot-held']);

/** @param {Operation} operation */
export const isConflict = (operation) => operation.type === 'fail' && CONFLICT_CODES.has(operation.result.code);

/**
 * Half-open ranges `[start, end)`.
 * @param {{start: number, end: number}} one
 * @param {{start: number, end: number}} other
 */
export const overlaps = (one, other) => one.start < other.end && other.start < one.end;

/** Collects operations as they finish and writes them as JSON lines. */
export class Recorder {
  #zero = process.hrtime.bigint();
  /** Epoch milliseconds at nanosecond 0. */
  startedAt = Date.now();
  /** @type {Operation[]} */
  operations = [];

  /** Nanoseconds since the run began, monotonic. */
  now() {
    return Number(process.hrtime.bigint() - this.#zero);
  }

  /** @param {Operation} operation */
  record(operation) {
    this.operations.push(operation);
  }

  /**
   * @param {Omit<Meta, 'startedAt'>} meta
   * @param {FinalRow[]} final
   * @returns {History}
   */
  history(meta, final) {
    const operations = [...this.operations].sort((one, other) => one.inv - other.inv);
    return { meta: { ...meta, startedAt: this.startedAt }, operations, final };
  }
}

/**
 * Writes a history so that it can be judged again later: first line meta, then operations, then final rows.
 * @param {string} path
 * @param {History} history
 */
export async function writeHistory(path, history) {
  const file = createWriteStream(path);
  const line = (value) => file.write(`${JSON.stringify(value)}\n`);
  line({ meta: history.meta });
  history.operations.forEach(line);
  history.final.forEach((row) => line({ final: row }));
  await new Promise((resolve, reject) => file.end((error) => (error ? reject(error) : resolve(undefined))));
}

/**
 * @param {string} path
 * @returns {History}
 */
export function readHistory(path) {
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return {
    meta: lines.find((line) => line.meta).meta,
    operations: lines.filter((line) => line.f),
    final: lines.filter((line) => line.final).map((line) => line.final),
  };
}

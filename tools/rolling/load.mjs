/** An open-loop load: so many requests a second whatever comes back, as people who do not know of each other send them. */
import { Agent, request } from 'node:http';

const TIMEOUT_MS = 35_000;
/** Answers that say no and are right to: a slot is taken now and then, and a form is asked about. */
const EXPECTED = new Set([200, 201, 204, 409, 422]);

/**
 * @typedef {object} Figures
 * @property {number} sent
 * @property {{ at: number, method: string, path: string, what: string }[]} failures
 * @property {Record<string, number>} statuses
 * @property {number[]} milliseconds
 * @property {string[]} booked ids
 */

export class Load {
  #agent = new Agent({ keepAlive: true, maxSockets: 256 });
  #timer;
  #open = new Set();
  #began = 0;
  #due = 0;

  /** @type {Figures} */
  figures = { sent: 0, failures: [], statuses: {}, milliseconds: [], booked: [] };

  /** @param {{ url: string, perSecond: number, next: (n: number) => { method: string, path: string, body?: object, token: string } }} options */
  constructor(options) {
    this.options = options;
  }

  start() {
    this.#began = performance.now();
    this.#timer = setInterval(() => {
      const due = Math.floor(((performance.now() - this.#began) / 1_000) * this.options.perSecond);
      for (; this.#due < due; this.#due++) this.#send(this.#due);
    }, 5);
  }

  /** Sends no more and waits for what is open. */
  async stop() {
    clearInterval(this.#timer);
    await Promise.all(this.#open);
    this.#agent.destroy();
  }

  #send(n) {
    const sending = this.options.next(n);
    const from = performance.now();
    this.figures.sent++;
    const done = this.#exchange(sending).then(
      ({ status, body }) => {
        this.figures.milliseconds.push(performance.now() - from);
        this.figures.statuses[status] = (this.figures.statuses[status] ?? 0) + 1;
        if (status === 201) this.figures.booked.push(JSON.parse(body).id);
        if (!EXPECTED.has(status)) this.#fail(sending, `${status} ${body.slice(0, 200)}`);
      },
      (error) => this.#fail(sending, error.message),
    );
    this.#open.add(done);
    void done.finally(() => this.#open.delete(done));
  }

  #fail({ method, path }, what) {
    this.figures.failures.push({ at: Math.round(performance.now() - this.#began), method, path, what });
  }

  /** @returns {Promise<{ status: number, body: string }>} */
  #exchange({ method, path, body, token }) {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const sent = request(
        `${this.options.url}/api/v1${path}`,
        {
          method,
          agent: this.#agent,
          timeout: TIMEOUT_MS,
          headers: {
            authorization: `Bearer ${token}`,
            ...(text !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
          },
        },
        (answer) => {
          let read = '';
          answer.setEncoding('utf8');
          answer.on('data', (chunk) => (read += chunk));
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: read }));
          answer.on('error', reject);
        },
      );
      sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
      sent.on('error', reject);
      sent.end(text);
    });
  }
}

/** @param {readonly number[]} values @param {number} share */
export const quantile = (values, share) => {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
};

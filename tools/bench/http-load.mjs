/**
 * The load generator: a process of its own that is given jobs over IPC, the same one for both servers.
 *
 * It speaks HTTP/1.1 over plain sockets because it shares the cores with what it measures: a full client costs as much as a lean server
 * and would pull every ratio towards one.
 * @typedef {object} Target
 * @property {string} url
 * @property {string} path
 * @property {Record<string, string>} headers
 */
import { connect } from 'node:net';

/** One keep-alive connection with at most one request on its way. */
class Connection {
  #socket;
  #received = Buffer.alloc(0);
  #answered = undefined;
  #failed = undefined;

  /** @param {Target} target */
  constructor({ url, path, headers }) {
    const { hostname, port, host } = new URL(url);
    this.#socket = connect({ host: hostname, port: Number(port), noDelay: true });
    const lines = Object.entries({ host, 'content-type': 'application/json', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
    this.head = `POST ${path} HTTP/1.1\r\n${lines.join('')}`;
    this.#socket.on('data', (chunk) => this.#take(chunk));
    this.#socket.on('error', (error) => this.#failed?.(error));
    this.#socket.on('close', () => this.#failed?.(new Error('The server closed the connection.')));
  }

  ready() {
    return new Promise((resolve, reject) => {
      this.#socket.once('connect', resolve);
      this.#socket.once('error', reject);
    });
  }

  /** @returns {Promise<number>} the status */
  post(body, key) {
    return new Promise((resolve, reject) => {
      this.#answered = resolve;
      this.#failed = reject;
      const keyLine = key ? `idempotency-key: ${key}\r\n` : '';
      this.#socket.write(`${this.head}${keyLine}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    });
  }

  close() {
    this.#failed = undefined;
    this.#socket.destroy();
  }

  #take(chunk) {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const headEnd = this.#received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const head = this.#received.toString('latin1', 0, headEnd).toLowerCase();
    const length = /\r\ncontent-length: (\d+)/.exec(head);
    const whole = length
      ? this.#received.length >= headEnd + 4 + Number(length[1])
      : this.#received.subarray(-5).toString('latin1') === '0\r\n\r\n';
    if (!whole) return;
    this.#received = Buffer.alloc(0);
    this.#answered(Number(head.slice(9, 12)));
  }
}

async function open(target, count) {
  const connections = [];
  // In batches: a listen queue takes 511 at once.
  while (connections.length < count) {
    const batch = Array.from({ length: Math.min(100, count - connections.length) }, () => new Connection(target));
    await Promise.all(batch.map((connection) => connection.ready()));
    connections.push(...batch);
  }
  return connections;
}

/** Books the n-th free slot: slots run over resources first, then over time, so neighbours in time are not neighbours in the index. */
const bodyAt = ({ resources, from, stepMs, lengthMs }, index) => {
  const start = from + Math.floor(index / resources.length) * stepMs;
  return JSON.stringify({
    resourceId: resources[index % resources.length],
    title: `Bench ${index}`,
    start: new Date(start).toISOString(),
    end: new Date(start + lengthMs).toISOString(),
  });
};

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;

/** Books distinct free slots for some seconds on some connections. */
async function steady({ target, slots, next, connections, seconds, keys }) {
  const open_ = await open(target, connections);
  const latencies = [];
  const statuses = {};
  let index = next;
  const began = process.hrtime.bigint();
  const until = began + BigInt(Math.round(seconds * 1e9));
  await Promise.all(
    open_.map(async (connection) => {
      for (let now = process.hrtime.bigint(); now < until;) {
        const mine = index++;
        const status = await connection.post(bodyAt(slots, mine), keys ? `bench-${target.url.slice(-5)}-${mine}` : undefined);
        const answered = process.hrtime.bigint();
        latencies.push(Number(answered - now) / 1e6);
        statuses[status] = (statuses[status] ?? 0) + 1;
        now = answered;
      }
    }),
  );
  const took = Number(process.hrtime.bigint() - began) / 1e9;
  open_.forEach((connection) => connection.close());
  latencies.sort((one, other) => one - other);
  return { rate: latencies.length / took, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99), statuses, next: index };
}

/** Everybody wants the same slot at the same instant. */
async function race({ target, slots, next, clients }) {
  const connections = await open(target, clients);
  const body = bodyAt(slots, next);
  const began = process.hrtime.bigint();
  const answers = await Promise.all(connections.map((connection) => connection.post(body)));
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  connections.forEach((connection) => connection.close());
  const statuses = Object.fromEntries([...Map.groupBy(answers, (status) => status)].map(([status, items]) => [status, items.length]));
  return { seconds, statuses, next: next + 1 };
}

const jobs = { steady, race };

process.on('message', async ({ kind, ...job }) => {
  try {
    process.send({ result: await jobs[kind](job) });
  } catch (error) {
    process.send({ error: error.stack });
  }
});

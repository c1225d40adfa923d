/**
 * Bare HTTP/1.1 over plain sockets. A load generator shares the cores with what it measures: a full client costs as much as a lean server and
 * would pull every ratio towards one.
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

  /**
   * @param {string} body
   * @param {string} [key] Idempotency-Key
   * @returns {Promise<number>} the status
   */
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

/**
 * Connections that are open before the first request, so that a race starts at once.
 * @param {Target} target
 * @param {number} count
 */
export async function openConnections(target, count) {
  const connections = [];
  // In batches: a listen queue takes 511 at once.
  while (connections.length < count) {
    const batch = Array.from({ length: Math.min(100, count - connections.length) }, () => new Connection(target));
    await Promise.all(batch.map((connection) => connection.ready()));
    connections.push(...batch);
  }
  return connections;
}

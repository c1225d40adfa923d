import { Agent, request } from 'node:http';

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {any} body parsed JSON, text when it is none, null when empty
 * @property {import('node:http').IncomingHttpHeaders} headers
 */

/**
 * @typedef {object} Sending
 * @property {unknown} [body] sent as JSON; a URLSearchParams goes as a form
 * @property {string} [key] Idempotency-Key
 * @property {number} [cutAfterMs] destroys the connection so long after the request was written, whatever happened to it
 * @property {string} [token] instead of the client's own
 */

/** A connection that broke before the answer was complete: the outcome is unknown. */
export class NoAnswer extends Error {}

const TIMEOUT_MS = 15_000;

/** The few lines of HTTP a harness needs: keep-alive, one bearer token, and connections that can be cut on purpose. */
export class BerthClient {
  #agent;

  /**
   * @param {string} url base URL of the server
   * @param {string} [token] bearer token
   * @param {Agent} [agent] shared between clients
   */
  constructor(url, token, agent = new Agent({ keepAlive: true, maxSockets: 128 })) {
    this.url = new URL(url);
    this.token = token;
    this.#agent = agent;
  }

  /** The same server and connections, another person. */
  as(token) {
    return new BerthClient(this.url.href, token, this.#agent);
  }

  close() {
    this.#agent.destroy();
  }

  /**
   * @param {string} method
   * @param {string} path from `/api/v1` on when it does not begin with `/api` or a rooted path
   * @param {Sending} [sending]
   * @returns {Promise<Answer>}
   * @throws {NoAnswer} when the connection broke
   */
  send(method, path, { body, key, cutAfterMs, token = this.token } = {}) {
    const isForm = body instanceof URLSearchParams;
    const text = body === undefined ? undefined : isForm ? body.toString() : JSON.stringify(body);
    const headers = {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(key && { 'idempotency-key': key }),
      ...(text !== undefined && {
        'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
        'content-length': Buffer.byteLength(text),
      }),
    };
    return new Promise((resolve, reject) => {
      const { hostname, port } = this.url;
      const sent = request({ method, hostname, port, path: `/api/v1${path}`, headers, agent: this.#agent, timeout: TIMEOUT_MS });
      sent.on('response', (response) => collect(response).then(resolve, (error) => reject(new NoAnswer(error.message))));
      sent.on('timeout', () => sent.destroy(new Error('timeout')));
      sent.on('error', (error) => reject(new NoAnswer(error.message)));
      if (cutAfterMs !== undefined) sent.on('finish', () => setTimeout(() => sent.destroy(new Error('cut on purpose')), cutAfterMs));
      sent.end(text);
    });
  }

  /**
   * Sends and expects success; for setting up, where nothing may go wrong.
   * @param {string} method
   * @param {string} path
   * @param {Sending} [sending]
   */
  async must(method, path, sending) {
    const answer = await this.send(method, path, sending);
    if (answer.status >= 400) throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
}

async function collect(response) {
  const chunks = [];
  for await (const chunk of response) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return { status: response.statusCode, headers: response.headers, body: parsed(text) };
}

function parsed(text) {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

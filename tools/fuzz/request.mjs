import { Agent, request as httpRequest } from 'node:http';
import { objectFor, valueFor } from './values.mjs';
import { kindInPath } from './scene.mjs';

/**
 * One request, still in parts so that a mutation or the shrinker can change one of them.
 * @typedef {object} Input
 * @property {import('./openapi.mjs').Operation} operation
 * @property {string} mutation what was done to a valid request
 * @property {Record<string, string>} path parameters, written as they are
 * @property {[string, string][]} query
 * @property {Record<string, string>} headers
 * @property {any} body a value sent as JSON, unless `raw` is there
 * @property {string|Buffer|undefined} raw
 * @property {'admin'|'leaving'|'none'|'bad'} token
 * @property {boolean} [foreign] names something of another organization
 */

const MANY = new Set(['multipart/form-data', 'application/x-www-form-urlencoded', 'text/csv', 'text/calendar']);

/**
 * A request the document calls valid.
 * @param {import('./openapi.mjs').Operation} operation
 * @param {import('./scene.mjs').Scene} scene
 * @param {import('../checker/random.mjs').Random} random
 * @returns {Input}
 */
export function validInput(operation, scene, random) {
  const named = (place) =>
    operation.parameters.filter((it) => it.in === place && (it.required || (place === 'query' && random.happens(0.3))));
  const path = Object.fromEntries(
    operation.parameters
      .filter((it) => it.in === 'path')
      .map((it) => {
        const known = scene.own[kindInPath(operation.path, it.name)] ?? [];
        // A broken escape is for the mutations: it is refused before anything is known of the request; and nothing at all is another address.
        return [
          it.name,
          known.length > 0 ? random.pick(known) : `${valueFor(it.schema, it.name, scene, random)}`.replaceAll('%', '') || 'x',
        ];
      }),
  );
  const query = named('query').flatMap((it) => {
    const value = valueFor(it.schema, it.name, scene, random);
    return value === undefined ? [] : [value].flat().map((one) => /** @type {[string, string]} */ ([it.name, inQuery(one)]));
  });
  const headers = Object.fromEntries(
    named('header').map((it) => [it.name.toLowerCase(), `${valueFor(it.schema, it.name, scene, random)}`.replace(/[^\x20-\x7e]/g, 'x')]),
  );
  return { operation, mutation: 'valid', path, query, headers: tidy(headers), ...bodyFor(operation, scene, random), token: 'admin' };
}

/** A conditional header made of noise would end every request at 412 or 400. */
function tidy(headers) {
  if (headers['if-match']) headers['if-match'] = '*';
  delete headers.authorization;
  return headers;
}

function bodyFor(operation, scene, random) {
  const types = Object.keys(operation.bodies);
  if (types.length === 0) return { body: undefined, raw: undefined };
  const type = random.pick(types);
  const schema = operation.bodies[type];
  if (!MANY.has(type))
    return { body: schema.properties ? objectFor(schema, scene, random) : valueFor(schema, 'body', scene, random), raw: undefined };
  if (type === 'text/csv') return { ...raw('name,capacity\nFuzzed room,4\n'), contentType: type };
  if (type === 'text/calendar')
    return { ...raw('BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:fuzzed\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'), contentType: type };
  const fields = objectFor(schema, scene, random);
  if (type === 'application/x-www-form-urlencoded') return { ...raw(new URLSearchParams(fields).toString()), contentType: type };
  const part =
    '--fuzz\r\nContent-Disposition: form-data; name="file"; filename="fuzz.csv"\r\nContent-Type: text/csv\r\n\r\nname,capacity\nFuzzed room,4\n\r\n--fuzz--\r\n';
  return { ...raw(part), contentType: 'multipart/form-data; boundary=fuzz' };
}

const raw = (text) => ({ body: undefined, raw: text });

/** What goes over the wire. @param {Input & {contentType?: string}} input */
export function wire(input, tokens) {
  const path = input.operation.path.replace(/\{([^}]+)\}/g, (_, name) => encode(input.path[name]));
  const query = input.query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
  const body = input.raw ?? (input.body === undefined ? undefined : JSON.stringify(input.body));
  const token = tokens[input.token];
  const headers = {
    ...(body !== undefined && {
      'content-type':
        input.contentType ??
        (input.operation.method === 'PATCH' && input.operation.bodies['application/merge-patch+json']
          ? 'application/merge-patch+json'
          : 'application/json'),
    }),
    ...(token && { authorization: `Bearer ${token}` }),
    ...input.headers,
    ...(body !== undefined && { 'content-length': `${Buffer.byteLength(body)}` }),
  };
  if (headers['content-type'] === '') delete headers['content-type'];
  return { method: input.operation.method, path: query ? `${path}?${query}` : path, headers, body };
}

/** Percent-encodes what must be; `%` stays, so that a mutation can write its own escapes. */
const encode = (text) => `${text}`.toWellFormed().split('%').map(encodeURIComponent).join('%');

const TIMEOUT_MS = 20_000;

/** Sends over keep-alive connections; a broken one is tried once more, since a server may close it after a refusal. */
export class Sender {
  #agent = new Agent({ keepAlive: true, maxSockets: 4 });

  constructor(url) {
    this.url = new URL(url);
  }

  close() {
    this.#agent.destroy();
  }

  /** @returns {Promise<{status: number, headers: Record<string, any>, text: string}>} status 0 when there was no answer */
  async send(message) {
    try {
      return await this.#once(message);
    } catch {
      return this.#once({ ...message, fresh: true }).catch((error) => ({ status: 0, headers: {}, text: error.message }));
    }
  }

  #once({ method, path, headers, body, fresh }) {
    return new Promise((resolve, reject) => {
      const { hostname, port } = this.url;
      const sent = httpRequest({ method, hostname, port, path, headers, agent: fresh ? false : this.#agent, timeout: TIMEOUT_MS });
      let response;
      sent.on('response', (answer) => {
        response = answer;
        const chunks = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('end', () =>
          resolve({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(chunks).toString('utf8') }),
        );
        answer.on('error', reject);
      });
      sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
      sent.on('error', (error) => response ?? reject(error));
      sent.end(body);
    });
  }
}

/** The request as a command to paste; long bodies are shown by their beginning. */
export function asCurl(url, { method, path, headers, body }) {
  const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;
  const shown = Object.entries(headers).filter(([name]) => name !== 'content-length');
  const lines = shown.map(([name, value]) => `-H ${quoted(`${name}: ${name === 'authorization' ? 'Bearer $TOKEN' : value}`)}`);
  const text = body === undefined ? [] : [`--data-binary ${quoted(shorten(Buffer.isBuffer(body) ? body.toString('latin1') : body))}`];
  return [`curl -isX ${method} ${quoted(`${url.replace(/\/$/, '')}${shorten(path)}`)}`, ...lines, ...text].join(' \\\n  ');
}

const shorten = (text) => (text.length <= 2000 ? text : `${text.slice(0, 200)}…(${text.length} characters)…${text.slice(-50)}`);

/** Not every object has words of its own. */
const inQuery = (value) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : `${value}`);

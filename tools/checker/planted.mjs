import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { seeded } from './random.mjs';
import { partsOf } from './world.mjs';
import { book, cancel, hold, move, release, restore, shown } from './planted/reservations.mjs';
import { Store } from './planted/store.mjs';

/**
 * What can be planted; without any the server is right.
 * @type {Record<string, string>}
 */
export const PLANTS = {
  P1: 'no constraint: check, then insert',
  P3: 'event after the commit instead of in it, with crashes between',
  P4: 'idempotency record stored after the effect',
  P5: 'cancel answered before it is committed',
  P9: 'always answers 409',
  P10: 'move is a cancel and a booking in two transactions',
};

/** A stand-in for the process dying before it could answer. */
class Crash extends Error {}

const ROUTES = [
  ['POST', /^\/reservations$/, book],
  ['POST', /^\/reservations\/([^/]+)\/move$/, move],
  ['POST', /^\/reservations\/([^/]+)\/cancel$/, cancel],
  ['POST', /^\/reservations\/([^/]+)\/restore$/, restore],
  ['POST', /^\/holds$/, hold],
  ['DELETE', /^\/holds\/([^/]+)$/, release],
];

/**
 * A small server with the reservation routes of the contract, for the checker's own tests.
 * @param {object} [options]
 * @param {string[]} [options.plants] keys of PLANTS
 * @param {number} [options.seed] of delays and crashes
 * @param {number} [options.holdMs] how long a hold lasts
 * @param {number} [options.crash] how often an answer is lost
 */
export async function startPlanted({ plants = [], seed = 1, holdMs = 400, crash = 0.02 } = {}) {
  const store = new Store();
  const random = seeded(seed);
  const setting = { store, plants: new Set(plants), holdMs, crash, random };
  const server = createServer((request, response) => {
    serve(setting, request, response).catch((error) => {
      if (error instanceof Crash) return response.destroy();
      response.writeHead(500).end(JSON.stringify({ status: 500, code: 'internal', detail: error.stack }));
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${port}`, token: 'admin', store, stop: () => stop(server) };
}

function stop(server) {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve(undefined)));
}

async function serve(setting, request, response) {
  const url = new URL(request.url, 'http://planted');
  const path = url.pathname.replace('/api/v1', '');
  const text = await bodyOf(request);
  const after = [];
  const answer = await answerTo(setting, { method: request.method, path, url, text, headers: request.headers, after });
  const body = answer.body === null ? '' : JSON.stringify(answer.body);
  response.writeHead(answer.status, { 'content-type': answer.status < 400 ? 'application/json' : 'application/problem+json' }).end(body);
  after.forEach((work) => work());
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

async function answerTo(setting, { method, path, url, text, headers, after }) {
  if (method === 'POST' && path === '/token') return { status: 200, body: { access_token: new URLSearchParams(text).get('username') } };
  const body = text === '' ? {} : JSON.parse(text);
  if (method === 'POST' && path === '/users') return { status: 201, body: { id: body.username } };
  if (method === 'POST' && path === '/resources') return { status: 201, body: setting.store.addResource(body) };
  const route = ROUTES.find(([verb, pattern]) => verb === method && pattern.test(path));
  if (!route) return read(setting, path, url);
  const [, pattern, handler] = route;
  const owner = (headers.authorization ?? '').replace('Bearer ', '');
  const context = {
    ...tools(setting, after),
    store: setting.store,
    plants: setting.plants,
    holdMs: setting.holdMs,
    body,
    owner,
    id: pattern.exec(path)[1],
  };
  return keyed(setting, context, `${owner} ${method} ${headers['idempotency-key']}`, text, () => handler(context));
}

function tools({ random, crash }, after) {
  return {
    pause: (most = 4) => (random.happens(0.3) ? Promise.resolve() : sleep(random.below(most))),
    mayCrash: () => {
      if (random.happens(crash)) throw new Crash();
    },
    afterwards: (work) => after.push(work),
  };
}

/** Once per key: a marker while it runs, the answer stored in the transaction of the effect. P4 stores it later, and marks nothing. */
async function keyed({ store, plants }, context, key, fingerprint, work) {
  const known = store.keys.get(key);
  if (known?.state === 'running') return { status: 409, body: { status: 409, code: 'idempotency-in-progress' } };
  if (known) return { status: known.status, body: known.body };
  if (plants.has('P4')) {
    context.keep = (answer) => answer;
    const answer = await work();
    await context.pause();
    context.mayCrash();
    store.keys.set(key, { state: 'done', fingerprint, ...answer });
    return answer;
  }
  store.keys.set(key, { state: 'running', fingerprint });
  context.keep = (answer) => {
    store.keys.set(key, { state: 'done', fingerprint, ...answer });
    return answer;
  };
  try {
    context.mayCrash();
    const answer = await work();
    context.mayCrash();
    return answer;
  } finally {
    if (store.keys.get(key)?.state === 'running') store.keys.delete(key);
  }
}

async function read(setting, path, url) {
  const { store } = setting;
  await tools(setting, []).pause();
  if (path === '/reservations') {
    const rows = store.active().filter((row) => row.status !== 'held');
    return { status: 200, body: { data: rows.map(shown), page: { nextCursor: null, hasMore: false } } };
  }
  if (path === '/availability') return { status: 200, body: grid(store, url) };
  const history = /^\/reservations\/([^/]+)\/history$/.exec(path);
  if (history) {
    const events = store.events.filter((event) => event.id === history[1]);
    return { status: 200, body: { data: events.map(({ type, version }) => ({ type, data: { version } })) } };
  }
  const row = store.reservations.get(path.split('/')[2]);
  return row ? { status: 200, body: shown(row) } : { status: 404, body: { status: 404, code: 'not-found' } };
}

function grid(store, url) {
  const from = Date.parse(url.searchParams.get('from'));
  const resources = url.searchParams.getAll('resource');
  const rows = store.active().flatMap((row) => partsOf(row.unit).map((resourceId) => ({ ...row, resourceId })));
  const column = (value) => rows.map(value);
  return {
    resources,
    bars: {
      id: column((row) => row.id),
      resource: column((row) => resources.indexOf(row.resourceId)),
      start: column((row) => (row.start - from) / 1000),
      end: column((row) => (row.end - from) / 1000),
      status: column((row) => row.status),
      title: column((row) => row.title ?? null),
      quantity: column((row) => row.quantity),
    },
  };
}

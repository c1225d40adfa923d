import { createServer } from 'node:http';

/**
 * What can be planted in the small server the fuzzer is tried on; each is named after the rule that must find it.
 * @type {Record<string, string>}
 */
export const PLANTS = {
  'server-error': 'fails on NUL in a name',
  'undeclared-status': 'answers 418 to null',
  'not-a-problem': 'answers a broken body with plain text',
  'unknown-code': 'has a code nobody declared',
  leak: 'shows a stack',
  'state-changed': 'stores before it validates',
  'open-route': 'forgets the token on one route',
  'foreign-leak': 'shows things of another organization',
  'body-not-as-declared': 'answers a number where a text is declared',
};

const text = { type: 'string', minLength: 1, maxLength: 50 };
const thing = { type: 'object', required: ['name'], properties: { name: text, size: { type: 'integer', minimum: 1, maximum: 9 } } };
const problem = {
  type: 'object',
  properties: { code: { type: 'string', enum: ['validation-failed', 'malformed-request', 'unauthenticated', 'not-found'] } },
};
const refusals = Object.fromEntries([400, 401, 404].map((status) => [status, { description: '' }]));
const shown = { type: 'object', required: ['id', 'name'], properties: { id: { type: 'string' }, name: { type: 'string' } } };
const answer = { description: '', content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } };
const security = [{ bearer: [] }];
const paths = {
  '/api/v1/sites': {
    post: {
      security,
      requestBody: { required: true, content: { 'application/json': { schema: thing } } },
      responses: { 201: answer, ...refusals },
    },
  },
  '/api/v1/sites/{id}': {
    get: {
      security,
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      responses: { 200: answer, ...refusals },
    },
  },
};
const document = { openapi: '3.0.0', paths, components: { schemas: { Thing: shown, Problem: problem } } };

/**
 * A server with two routes, right unless something is planted.
 * @param {string[]} [plants]
 */
export async function startPlanted(plants = []) {
  const has = (plant) => plants.includes(plant);
  const sites = new Map();
  let stray = 0;
  const refuse = (status, code) => ({ status, type: 'application/problem+json', body: { type: 'about:blank', title: code, status, code } });
  const add = (raw) => {
    const body = parsed(raw);
    if (body === undefined)
      return has('not-a-problem') ? { status: 400, type: 'text/plain', body: 'no' } : refuse(400, 'malformed-request');
    if (has('state-changed')) stray++;
    const { name, size, ...rest } = Object(body);
    if (name === null && has('undeclared-status')) return refuse(418, 'validation-failed');
    if (has('server-error') && typeof name === 'string' && name.includes('\0')) return refuse(500, 'malformed-request');
    if (
      typeof name !== 'string' ||
      name === '' ||
      name.length > 50 ||
      name.includes('\0') ||
      Object.keys(rest).length > 0 ||
      !(size === undefined || (Number.isInteger(size) && size >= 1 && size <= 9))
    ) {
      if (has('leak'))
        return {
          ...refuse(400, 'validation-failed'),
          body: { ...refuse(400, 'validation-failed').body, detail: 'Error\n    at add (/srv/app/add.js:10:3)' },
        };
      return refuse(400, has('unknown-code') ? 'oops' : 'validation-failed');
    }
    const id = crypto.randomUUID();
    sites.set(id, name);
    return { status: 201, type: 'application/json', body: { id, name: has('body-not-as-declared') ? 7 : name } };
  };
  const find = (id) => {
    if (id === 'f0000000-0000-4000-8000-000000000000' && has('foreign-leak'))
      return { status: 200, type: 'application/json', body: { id, name: 'Their-Secret' } };
    return sites.has(id) ? { status: 200, type: 'application/json', body: { id, name: sites.get(id) } } : refuse(404, 'not-found');
  };
  const route = (request, raw) => {
    if (request.url === '/api/openapi.json') return { status: 200, type: 'application/json', body: document };
    const [path] = request.url.split('?');
    const open = has('open-route') && request.method === 'GET';
    if (request.headers.authorization !== 'Bearer admin' && !open) return refuse(401, 'unauthenticated');
    if (request.method === 'POST' && path === '/api/v1/sites') return add(raw);
    return find(path.split('/').at(-1));
  };
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { status, type, body } = route(request, Buffer.concat(chunks).toString('utf8'));
    response.writeHead(status, { 'content-type': type }).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve(undefined)));
  };
  return { url: `http://127.0.0.1:${port}`, sites, state: () => `sites ${sites.size} ${stray}`, stop };
}

function parsed(raw) {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

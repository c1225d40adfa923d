/** A server that takes webhooks and remembers what it was told. */
import { createServer } from 'node:http';

/**
 * @typedef {object} Told
 * @property {Set<string>} bodies
 * @property {number} times
 */

export async function startReceiver() {
  /** @type {Map<string, Told>} by `webhook-id` */
  const told = new Map();
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const id = String(request.headers['webhook-id']);
    const known = told.get(id) ?? { bodies: new Set(), times: 0 };
    known.bodies.add(body);
    known.times++;
    told.set(id, known);
    response.writeHead(204).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/hook`,
    told,
    stop: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve(undefined)))),
  };
}

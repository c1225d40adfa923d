import { connect, createServer } from 'node:net';

/**
 * A TCP proxy that can lose replies: the request reaches the server, its answer does not reach the client. For HTTP with one request at a
 * time on a connection the first byte of an answer says that the server has decided.
 * @param {string} target base URL of the server
 * @param {() => boolean} losesReply asked once for each answer
 */
export async function startLosingProxy(target, losesReply) {
  const { hostname, port } = new URL(target);
  const open = new Set();
  let lost = 0;
  const server = createServer((client) => {
    const upstream = connect({ host: hostname, port: Number(port) });
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
      socket.on('error', () => undefined);
    }
    client.pipe(upstream);
    upstream.on('data', (chunk) => {
      if (!losesReply()) return void client.write(chunk);
      lost++;
      client.destroy();
      upstream.destroy();
    });
    upstream.on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${address.port}`,
    /** How many replies were lost so far. */
    lost: () => lost,
    stop: () => {
      open.forEach((socket) => socket.destroy());
      return new Promise((resolve) => server.close(() => resolve(undefined)));
    },
  };
}

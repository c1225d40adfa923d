import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createPlainServer, type Server as PlainServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { SafeFetch } from './safe-fetch';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const fetch = new SafeFetch({ allowedNetworks: ['127.0.0.0/8'] });

describe('SafeFetch and what answers (SSRF-03)', () => {
  const servers: (Server | PlainServer)[] = [];
  afterEach(() => {
    for (const it of servers.splice(0)) {
      if ('closeAllConnections' in it) it.closeAllConnections();
      it.close();
    }
  });
  const at = async (server: Server | PlainServer, scheme: 'http' | 'https' = 'http'): Promise<string> => {
    servers.push(server);
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  };
  const serving = (listener: RequestListener): Promise<string> => at(createServer(listener));

  it('unpacks nothing: what was sent is the answer', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const url = await serving((_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    const answer = await fetch.send(url, { cutAt: 64 * 1024 });

    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bomb.subarray(0, 64 * 1024));
  });

  it('asks for no packing', async () => {
    let asked: string | undefined;
    const url = await serving((request, response) => void ((asked = request.headers['accept-encoding']), response.end()));
    await fetch.send(url, { headers: { 'accept-encoding': 'gzip' } });

    expect(asked).toBe('identity');
  });

  it('cuts an answer of a GiB off where it was told to, and lets go of it', async () => {
    const [part, parts] = [Buffer.alloc(64 * 1024), (1024 * 1024 * 1024) / (64 * 1024)];
    let written = 0;
    const closed = Promise.withResolvers<void>();
    const url = await serving((_request, response) => {
      response.on('close', closed.resolve);
      const pour = (): void => {
        while (written < parts && !response.destroyed) {
          written++;
          if (!response.write(part)) return void response.once('drain', pour);
        }
        response.end();
      };
      pour();
    });
    const answer = await fetch.send(url, { cutAt: 1024 });
    expect((await answer.arrayBuffer()).byteLength).toBe(1024);
    await closed.promise;

    expect(written * part.length).toBeLessThan(64 * 1024 * 1024);
  });

  it('makes a connection for each request, so that none is used again after a name has moved', async () => {
    let connections = 0;
    const server = createServer({ keepAlive: true }, (_request, response) => response.end('here'));
    server.on('connection', () => connections++);
    const url = await at(server);
    for (let n = 0; n < 5; n++) await fetch.send(url);

    expect(connections).toBe(5);
  });

  it.each([
    ['resets it', (socket: { resetAndDestroy(): void }) => void socket.resetAndDestroy(), 'unreachable'],
    ['talks nonsense', (socket: { end(text: string): void }) => void socket.end('SSH-2.0-OpenSSH_9.9\r\n'), 'unreachable'],
    [
      'changes the protocol',
      (socket: { write(text: string): void }) =>
        void socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
      'unreachable',
    ],
    ['says nothing', () => undefined, 'too-slow'],
  ])('says so when the other side %s', async (_what, behave, reason) => {
    const url = await at(
      createPlainServer((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => behave(socket));
        setTimeout(() => socket.destroy(), 2_000).unref();
      }),
    );

    await expect(fetch.send(url, { timeout: 300 })).rejects.toMatchObject({ reason });
  });

  it('gives up connecting before it gives up waiting', async () => {
    // Takes the connection and never shakes hands.
    const url = await at(
      createPlainServer((socket) => void socket.on('error', () => undefined).resume()),
      'https',
    );
    const began = performance.now();

    await expect(fetch.send(url, { timeout: 20_000, connectTimeout: 100 })).rejects.toMatchObject({ reason: 'too-slow' });
    expect(performance.now() - began).toBeLessThan(15_000);
  });

  it('trusts no plain server that is asked for TLS', async () => {
    const url = (await serving((_request, response) => response.end('here'))).replace('http:', 'https:');

    await expect(fetch.send(url)).rejects.toMatchObject({ reason: 'not-trusted' });
  });

  (hasOpenssl ? it : it.skip)('trusts no certificate of its own making, even where the environment says so', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'berth-tls-'));
    const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
    const made = spawnSync('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
      ...['-subj', '/CN=127.0.0.1', '-keyout', key, '-out', cert],
    ]);
    expect(made.status).toBe(0);
    const server = createSecureServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_request, response) => response.end('here'));
    rmSync(dir, { recursive: true });
    const url = await at(server, 'https');
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      await expect(fetch.send(url)).rejects.toMatchObject({ reason: 'not-trusted' });
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    }
  });

  it('speaks to no socket in the file system', async () => {
    for (const url of ['http://unix:/var/run/docker.sock:/', 'unix:/var/run/docker.sock', 'http+unix://%2Fvar%2Frun%2Fdocker.sock/'])
      await expect(fetch.send(url, { timeout: 2_000 })).rejects.toMatchObject({
        reason: expect.stringMatching(/address-refused|name-unknown|too-slow/),
      });
  });
});

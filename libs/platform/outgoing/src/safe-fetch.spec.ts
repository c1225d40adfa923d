import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isPublic } from './networks';
import { SafeFetch } from './safe-fetch';

const inside = [
  ...['127.0.0.1', '127.1.2.3', '0.0.0.0', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1'],
  ...['192.0.2.1', '198.18.0.1', '203.0.113.7', '224.0.0.1', '255.255.255.255'],
  ...[
    '::',
    '::1',
    'fe80::1',
    'fc00::1',
    'fd12::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '0:0:0:0:0:ffff:10.0.0.1',
    '::127.0.0.1',
  ],
  ...['64:ff9b::7f00:1', '64:ff9b:1::1', '2002:7f00:1::1', '2001::1', '2001:db8::1', '3fff::1', 'fe80::1%eth0', '100::1'],
];
const outside = [
  '1.1.1.1',
  '8.8.8.8',
  '172.15.0.1',
  '172.32.0.1',
  '100.128.0.1',
  '2606:4700:4700::1111',
  '2a00:1450:4001::200e',
  '::ffff:8.8.8.8',
];

describe('Addresses', () => {
  it.each(inside)('%s is not of the public internet', (address) => expect(isPublic(address)).toBe(false));
  it.each(outside)('%s is', (address) => expect(isPublic(address)).toBe(true));
});

describe('SafeFetch', () => {
  let server: Server;
  let url: string;
  let seen: string[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      if (request.url === '/elsewhere') return response.writeHead(302, { location: '/inside' }).end();
      if (request.url === '/large') return response.end(Buffer.alloc(5_000));
      if (request.url === '/never') return undefined;
      return response.end('here');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => (seen = []));
  const anywhere = new SafeFetch({ allowedNetworks: [] });
  const loopback = new SafeFetch({ allowedNetworks: ['127.0.0.0/8'] });

  it.each(['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', '0177.0.0.1', 'localhost', 'LOCALHOST', '127.1'])(
    'sends nothing to %s, however it is spelled',
    async (host) => {
      const port = new URL(url).port;
      for (const address of [`http://${host}:${port}/`, `https://${host}:${port}/`, `https://${host}/`])
        await expect(anywhere.send(address)).rejects.toMatchObject({ reason: 'address-refused' });
      expect(seen).toEqual([]);
    },
  );

  it.each(['ftp://example.org/', 'file:///etc/passwd', 'https://user:secret@example.org/', 'nonsense'])('takes no %s', async (address) => {
    await expect(loopback.send(address)).rejects.toMatchObject({ reason: 'address-refused' });
  });

  it('reaches what the operator allows, also without https', async () => {
    const answer = await loopback.send(`${url}/`);

    expect([answer.status, await answer.text()]).toEqual([200, 'here']);
  });

  it('gives a redirect back and does not follow it', async () => {
    const answer = await loopback.send(`${url}/elsewhere`);

    expect([answer.status, seen]).toEqual([302, ['GET /elsewhere']]);
  });

  it('takes no more than it was told to', async () => {
    await expect(loopback.send(`${url}/large`, { maxBytes: 4_999 })).rejects.toMatchObject({ reason: 'too-large' });
    await expect(loopback.send(`${url}/large`, { maxBytes: 5_000 })).resolves.toMatchObject({ status: 200 });
  });

  it('waits no longer than it was told to', async () => {
    await expect(loopback.send(`${url}/never`, { timeout: 50 })).rejects.toMatchObject({ reason: 'too-slow' });
  });

  it('says that nobody listens', async () => {
    await expect(loopback.send('http://127.0.0.1:1/')).rejects.toMatchObject({ reason: 'unreachable' });
  });
});

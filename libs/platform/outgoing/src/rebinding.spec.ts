import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FetchFailed, SafeFetch } from './safe-fetch';
import { type Canary, type DnsAnswer, type DnsStub, startCanary, startDns } from './testing';

/** Requests to names whose answers change; the long run is `SSRF_REBINDINGS=10000`. */
const REQUESTS = Number(process.env['SSRF_REBINDINGS'] ?? 400);
const AT_ONCE = 16;

const good = '127.0.0.2';
/** Each name's answers, one after another. The good address stands for the public internet; the canary sits at the others. */
const names: Readonly<Record<string, readonly DnsAnswer[]>> = {
  'rebind.test': [[good], ['127.0.0.1']],
  'often.test': [[good], ['127.0.0.1'], ['127.0.0.1'], [good]],
  'mixed.test': [[good, '127.0.0.1']],
  'families.test': [[good, '::1']],
  'later-six.test': [[good], ['::1']],
  'mapped.test': [[good], ['::ffff:7f00:1']],
  'alias.test': [[good], [{ cname: 'inside.test' }, '127.0.0.1']],
  'nothing.test': [[good], []],
};

describe('SafeFetch and names that change (SSRF-02)', () => {
  let dns: DnsStub;
  let canary: Canary;
  let server: Server;
  let reached = 0;

  beforeAll(async () => {
    server = createServer((_request, response) => void (reached++, response.end('here')));
    await new Promise<void>((ready) => server.listen(0, good, ready));
    canary = await startCanary(['127.0.0.1', '::1'], (server.address() as AddressInfo).port);
    dns = await startDns(names);
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await Promise.all([canary.stop(), dns.stop()]);
  });

  it(`connects to what was looked at and nowhere else (${REQUESTS} requests)`, async () => {
    const fetch = new SafeFetch({ allowedNetworks: [`${good}/32`] }, dns.lookUp);
    const outcomes = new Map<string, number>();
    const one = async (name: string): Promise<void> => {
      const outcome = await fetch.send(`http://${name}:${canary.port}/`).then(
        () => 'reached',
        (error: unknown) => (error instanceof FetchFailed ? error.reason : String(error)),
      );
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    };
    const all = Object.keys(names);
    for (let n = 0; n < REQUESTS; n += AT_ONCE)
      await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => one(all[(n + i) % all.length] ?? '')));

    expect(canary.hits()).toBe(0);
    expect([...outcomes.keys()].sort()).toEqual(['address-refused', 'name-unknown', 'reached']);
    expect(outcomes.get('reached')).toBe(reached);
    expect(reached).toBeGreaterThan(REQUESTS / 10);
  }, 600_000);
});

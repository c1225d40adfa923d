import { caller, personWith } from './http';
import { type RunningSystem, startSystem } from './start-system';

const PER_MINUTE = 100;

describe('Requests', () => {
  let system: RunningSystem;
  let replica: { url: string };

  beforeAll(async () => {
    system = await startSystem({ BERTH_RATE_LIMIT: 'on' });
    replica = await system.startReplica();
  });
  afterAll(() => system.stop());

  it('of one person are as many over two processes as the tier says, and the rest are told when to come back', async () => {
    const admin = caller(system.url, system.adminToken);
    const robot = await personWith(admin, 'user', 'robot');
    const tier = await admin('POST', '/quotas/tiers', { body: { name: 'Slow', perMinute: PER_MINUTE } });
    const given = await admin('PUT', `/quotas/users/${robot.id}`, { body: { tierId: tier.body.id }, headers: { 'if-match': '"1"' } });
    expect(given.status).toBe(204);
    const began = performance.now();

    const answers = await Promise.all(
      Array.from({ length: PER_MINUTE * 10 }, (_, n) => caller([system.url, replica.url][n % 2]!, robot.token)('GET', '/users/me')),
    );

    const accepted = answers.filter((it) => it.status === 200).length;
    const flowedBack = ((performance.now() - began) / 60_000) * PER_MINUTE;
    expect(accepted).toBeGreaterThanOrEqual(PER_MINUTE);
    expect(accepted).toBeLessThanOrEqual(Math.ceil((PER_MINUTE + flowedBack) * 1.01));
    for (const it of answers.filter((it) => it.status !== 200)) {
      expect(it.body).toMatchObject({ status: 429, code: 'rate-limited', limit: PER_MINUTE, window: 'PT1M' });
      expect(Number(it.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    }
    const [first] = answers.filter((it) => it.status === 200);
    expect(first?.headers.get('ratelimit-policy')).toBe(`"minute";q=${PER_MINUTE};w=60`);
    expect(first?.headers.get('ratelimit')).toMatch(/^"minute";r=\d+;t=\d+$/);
  });

  it('of nobody count for the address they come from, whatever they say of themselves', async () => {
    const forged = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'x-client-ip', 'true-client-ip', 'cf-connecting-ip', 'x-forwarded-host'];
    for (const [n, name] of forged.entries()) {
      await fetch(`${system.url}/api/v1/setup/status`, { headers: { [name]: `203.0.113.${n}` } });
      await fetch(`${system.url}/api/v1/users/me`, { headers: { [name]: `203.0.113.${n}`, authorization: 'Bearer none' } });
    }

    const addresses = await system.asOwner<{ address: string }>(`select host(address) as address from address_allowance`);
    expect(addresses).toEqual([{ address: '127.0.0.1' }]);
  });

  it('that came through a proxy count for whom the proxy says, and not for what was said to the proxy', async () => {
    const behind = await system.startReplica({ BERTH_TRUSTED_PROXIES: '1' });
    await fetch(`${behind.url}/api/v1/setup/status`, { headers: { 'x-forwarded-for': '203.0.113.66, 198.51.100.7' } });

    const addresses = await system.asOwner<{ address: string }>(`select host(address) as address from address_allowance order by address`);
    expect(addresses.map((it) => it.address)).toEqual(['127.0.0.1', '198.51.100.7']);
  });
});

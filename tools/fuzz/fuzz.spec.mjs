import { runFuzz } from './fuzz.mjs';
import { PLANTS, startPlanted } from './planted.mjs';

const foreign = 'f0000000-0000-4000-8000-000000000000';

async function fuzzed(plants, inputs) {
  const server = await startPlanted(plants);
  try {
    const id = crypto.randomUUID();
    server.sites.set(id, 'first');
    let count = 0;
    const none = { resources: [], floors: [], rooms: [], types: [], reservations: [], holds: [], users: [] };
    const scene = {
      own: { ...none, sites: [id] },
      foreign: { sites: [foreign] },
      secrets: ['Their-Secret'],
      slot: () => ({ start: '', end: '' }),
      unique: () => `u${count++}`,
    };
    const state = { read: async () => server.state(), close: async () => undefined };
    return await runFuzz({
      url: server.url,
      token: 'admin',
      seed: 5,
      inputs,
      scene,
      state,
      fuzzer: { username: 'fuzzer', password: 'secret', signIn: async () => ({ access_token: 'admin', refresh_token: 'x' }) },
    });
  } finally {
    await server.stop();
  }
}

/** What a run finds where a bug is planted. Most show after a few requests; one that does not has many more to show. */
async function foundWhere(plant) {
  const { failures } = await fuzzed([plant], 100);
  return failures.some((it) => it.rule === plant) ? failures : (await fuzzed([plant], 700)).failures;
}

describe('The fuzzer, on a small planted server', () => {
  it('finds nothing where nothing is planted, and gets through to both routes', async () => {
    const { failures, neverAccepted, inputs } = await fuzzed([], 1500);

    expect(failures).toEqual([]);
    expect(neverAccepted).toEqual([]);
    expect(inputs).toBe(1500);
  });

  it.each(Object.entries(PLANTS))('finds %s: %s', async (rule) => {
    const failures = await foundWhere(rule);

    expect(failures.map((it) => it.rule)).toContain(rule);
    expect(failures[0].curl).toMatch(/^curl -isX (GET|POST) /);
  });

  it('shrinks a failure to what is needed', async () => {
    const failures = await foundWhere('server-error');

    const [body] = /--data-binary '.*'/.exec(failures[0].curl);
    expect(body.length).toBeLessThan(45);
  });

  it('repeats a run by its seed', async () => {
    const [one, other] = [await fuzzed([], 300), await fuzzed([], 300)];

    expect(one.statuses).toEqual(other.statuses);
  });
});

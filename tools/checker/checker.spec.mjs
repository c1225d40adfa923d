import { PLANTS, startPlanted } from './planted.mjs';
import { runChecker } from './run-checker.mjs';

/** Plays against a server with something planted and tells which invariants were violated. */
async function violatedBy(plants, seed, operations = 2000) {
  const server = await startPlanted({ plants, seed });
  try {
    const { violations, figures } = await runChecker({
      url: server.url,
      token: server.token,
      seed,
      operations,
      sweepMs: 0,
      slackMs: 20,
      abandoned: Infinity,
      longestUndo: 1,
    });
    return { violated: [...new Set(violations.map((it) => it.invariant))], first: violations[0]?.detail, figures };
  } finally {
    await server.stop();
  }
}

/** What each planted bug must at least be found by. */
const EXPECTED = { P1: ['I1'], P3: ['I11'], P4: ['I7'], P5: ['I4'], P9: ['I8'], P10: ['I9'] };

/** Most bugs show in a short history; one that does not has longer ones to show in. */
const LENGTHS = [500, 1000, 2000, 2000, 2000, 2000];

describe('The history checker, run against a planted server', () => {
  it.each([1, 2, 3])(
    'finds nothing where nothing is planted (seed %i)',
    async (seed) => {
      const { violated, first, figures } = await violatedBy([], seed);

      expect({ violated, first }).toEqual({ violated: [], first: undefined });
      expect(figures.retried).toBeGreaterThan(10);
      expect(figures.unresolved).toBe(0);
    },
    60_000,
  );

  it.each(Object.entries(PLANTS))(
    'finds %s: %s',
    async (plant) => {
      // A bug that shows only when two requests meet needs a machine that lets them meet: some histories more, and it is found.
      const found = new Set();
      for (const [round, operations] of LENGTHS.entries()) {
        if (EXPECTED[plant].every((it) => found.has(it))) break;
        for (const it of (await violatedBy([plant], 7 + round, operations)).violated) found.add(it);
      }

      expect([...found]).toEqual(expect.arrayContaining(EXPECTED[plant]));
    },
    300_000,
  );
});

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Weeks of the year that somebody else has. */
const TAKEN = [9, 21, 40];

const quantile = (values, share) => [...values].sort((one, other) => one - other)[Math.floor(values.length * share)] ?? 0;
const hours = (time, count) => new Date(time + count * HOUR_MS).toISOString();

/** The first midnight of UTC that is two days away at least. */
const firstMidnight = () => (Math.floor(Date.now() / DAY_MS) + 2) * DAY_MS;

/**
 * What is posted, with a token that is fresh.
 * @param {{url: string, headers: Record<string, string>}} target
 * @returns {(path: string, body: object) => Promise<any>}
 */
const poster =
  ({ url, headers }) =>
  async (path, body) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
    const answer = await fetch(`${url}/api/v1${path}`, init);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };

/** A year of weeks on a resource of its own where three are taken, as a request. */
export async function aYearOfWeeks(post, name, more = {}) {
  const { id: resourceId } = await post('/resources', { name, timeZone: 'UTC', policy: { horizon: 'P400D' }, ...more });
  const start = firstMidnight() + 8 * HOUR_MS;
  for (const week of TAKEN) {
    const taken = start + week * 7 * DAY_MS;
    await post('/reservations', { resourceId, title: 'Taken', start: hours(taken, 0), end: hours(taken, 1) });
  }
  return {
    resourceId,
    title: 'Weekly',
    start: hours(start, 0),
    end: hours(start, 1),
    timeZone: 'UTC',
    recurrence: { rrule: 'FREQ=WEEKLY;COUNT=52' },
  };
}

/**
 * A single booking, the look at a series of 52 with 3 conflicts and the booking of its 49, in turn.
 * @param {{target: {url: string, headers: Record<string, string>}, rounds: number, asked: number, log: (line: string) => void}} options
 * @returns {Promise<Record<'single' | 'check' | 'book', {p50: number, p95: number}>[]>} in ms, by round
 */
export async function measureSeries({ target, rounds, asked, log }) {
  const post = poster(target);
  const measured = [];
  // The first round only warms caches and compilers.
  for (let round = 0; round <= rounds; round++) {
    const times = { single: [], check: [], book: [] };
    for (let n = 0; n < asked; n++) {
      const series = await aYearOfWeeks(post, `Series ${round}-${n}`);
      const evening = Date.parse(series.start) + 10 * HOUR_MS;
      const single = { resourceId: series.resourceId, title: 'Once', start: hours(evening, 0), end: hours(evening, 1) };
      const asks = [
        ['single', '/reservations', single],
        ['check', '/availability/check', series],
        ['book', '/reservations', { ...series, onConflict: 'skip' }],
      ];
      for (const [name, path, body] of asks) {
        const began = performance.now();
        await post(path, body);
        times[name].push(performance.now() - began);
      }
    }
    const figures = Object.fromEntries(
      Object.entries(times).map(([name, all]) => [name, { p50: quantile(all, 0.5), p95: quantile(all, 0.95) }]),
    );
    log(
      `series, round ${round || 'warm-up'}: ${Object.entries(figures)
        .map(([name, { p50, p95 }]) => `${name} p50 ${p50.toFixed(1)} p95 ${p95.toFixed(1)} ms`)
        .join(' · ')}`,
    );
    if (round > 0) measured.push(figures);
  }
  return measured;
}

import { newId } from '@berth/kernel';
import { startSink } from '@berth/platform/mail/testing';
import { type Answer, type Call, caller } from './http';
import { type RunningSystem, startSystem } from './start-system';

/** Pairs of requests for each door; reliability.md asks for 2,000. Times are judged where there are enough to say anything. */
const PAIRS = Number(process.env['BERTH_ENUM_PAIRS'] ?? 4);
const JUDGED_FROM = 500;
/** The agreed bar: either no difference can be told, or it is less than this. */
const MEDIAN_GAP_MS = 1;
const P = 0.01;

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const PASSWORD = 'correct horse battery';

/** Something a stranger may ask about somebody who is there, and about nobody. */
interface Door {
  readonly name: string;
  readonly ask: (call: Call, who: { readonly username: string; readonly email: string; readonly n: number }) => Promise<Answer>;
}

const doors: readonly Door[] = [
  {
    name: 'login',
    ask: (call, { username }) =>
      call('POST', '/token', { token: '', body: `grant_type=password&username=${username}&password=a+wrong+guess`, headers: form }),
  },
  { name: 'forgot', ask: (call, { email }) => call('POST', '/auth/password/forgot', { token: '', body: { login: email } }) },
  {
    name: 'register',
    ask: (call, { email, n }) =>
      call('POST', '/register', { token: '', body: { username: `newcomer-${n}-${newId()}`, email, password: `${PASSWORD} ${n}` } }),
  },
  {
    name: 'invite',
    ask: (call, { email }) => call('POST', '/users/invite', { body: { email: email.replace('@', '-elsewhere@'), role: 'user' } }),
  },
];

describe('ENUM-01 what is answered to a stranger', () => {
  let system: RunningSystem;
  let sink: Awaited<ReturnType<typeof startSink>>;
  let call: Call;

  beforeAll(async () => {
    sink = await startSink();
    // Letters leave from elsewhere: who is written to must not show in the next answer, and a test must not wait for it.
    system = await startSystem({ SMTP_URL: sink.url, BERTH_ROLES: 'api' });
    call = caller(system.url, system.adminToken);
    const elsewhere = newId();
    await system.asOwner('update organization set registration_open = true');
    await system.asOwner(`insert into organization (id, name, time_zone, created_at) values ($1, 'Elsewhere', 'UTC', now())`, [elsewhere]);
    const people = `
      insert into account (id, org_id, username, email, display_name, password_hash, role, created_at)
      select gen_random_uuid(), $1, $2 || n, $2 || n || $3 || '@acme.example', 'Known', a.password_hash, 'user', now()
      from account a, generate_series(0, $4::int) n where a.username = 'admin'`;
    await system.asOwner(people, [system.organizationId, 'known-', '', PAIRS]);
    await system.asOwner(people, [elsewhere, 'foreign-', '-elsewhere', PAIRS]);
  });
  afterAll(async () => {
    await system.stop();
    await sink.stop();
  });

  it.each(doors)(
    'says nothing at the door “$name” of whether there is such a person, by status, words, headers or time',
    async ({ name, ask }) => {
      const known = name === 'invite' ? 'foreign-' : 'known-';
      const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
      const seen = { known: new Set<string>(), unknown: new Set<string>() };
      const once = async (kind: 'known' | 'unknown', n: number): Promise<void> => {
        const username = `${kind === 'known' ? known : 'nobody-'}${n}`;
        const begun = performance.now();
        const answer = await ask(call, { username, email: `${username}@acme.example`, n });
        times[kind].push(performance.now() - begun);
        seen[kind].add(looksOf(answer, username));
      };

      for (let n = 0; n < PAIRS; n++) {
        const order = n % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const);
        for (const kind of order) await once(kind, n);
      }

      expect([...seen.known]).toEqual([...seen.unknown]);
      expect(seen.known.size).toBe(1);
      const gap = Math.abs(median(times.known.map((it, i) => it - times.unknown[i]!)));
      const p = mannWhitney(times.known, times.unknown);
      console.log(
        `ENUM-01 ${name}: ${PAIRS} pairs, medians ${median(times.known).toFixed(2)} and ${median(times.unknown).toFixed(2)} ms, ` +
          `median gap ${gap.toFixed(3)} ms, Mann-Whitney p = ${p.toFixed(3)}`,
      );
      if (PAIRS >= JUDGED_FROM) expect({ gap, p, isTold: p <= P && gap >= MEDIAN_GAP_MS }).toMatchObject({ isTold: false });
    },
    7_200_000,
  );
});

/** All of an answer but what is of this one request, and the name that was asked about. */
function looksOf({ status, headers, body }: Answer, username: string): string {
  const told = [...headers].filter(([name]) => !['date', 'x-request-id', 'etag', 'location'].includes(name));
  const own = ['instance', 'requestId', 'id', 'expiresAt', 'createdAt'];
  const words = Object.fromEntries(Object.entries(body as object).map(([key, value]) => [key, own.includes(key) ? '…' : value]));
  return JSON.stringify([status, told.filter(([name]) => name !== 'content-length'), words]).replaceAll(username, 'somebody');
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** How likely two samples of one distribution differ as much as these: two-sided, by the normal approximation of U. */
function mannWhitney(a: readonly number[], b: readonly number[]): number {
  const all = [...a.map((value) => ({ value, of: 'a' })), ...b.map((value) => ({ value, of: 'b' }))].sort((x, y) => x.value - y.value);
  // Times in nanoseconds hardly ever tie; ties keep their order.
  const rankSum = all.reduce((sum, { of }, i) => sum + (of === 'a' ? i + 1 : 0), 0);
  const u = rankSum - (a.length * (a.length + 1)) / 2;
  const z = (u - (a.length * b.length) / 2) / Math.sqrt((a.length * b.length * (a.length + b.length + 1)) / 12);
  return 2 * upperTail(Math.abs(z));
}

/** P(Z > z) of the standard normal distribution (Abramowitz and Stegun 26.2.17, error < 7.5e-8). */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.231_641_9 * z);
  const poly = t * (0.319_381_53 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * poly;
}

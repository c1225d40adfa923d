import { startSystem, type RunningSystem } from './start-system';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, BerthClient, NoAnswer } from '../../tools/checker/berth-client.mjs';
import { type LosingProxy, startLosingProxy } from '../../tools/checker/losing-proxy.mjs';

interface Shown {
  readonly id: string;
  readonly status: string;
  readonly start: string;
  readonly version: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('Idempotency-Key', () => {
  let system: RunningSystem;
  let admin: BerthClient;
  let proxy: LosingProxy;
  let throughProxy: BerthClient;
  let room: string;
  let losesReply = (): boolean => false;
  let hour = Math.floor(Date.now() / DAY_MS) * DAY_MS + 2 * DAY_MS;

  beforeAll(async () => {
    system = await startSystem();
    admin = new BerthClient(system.url, system.adminToken);
    proxy = await startLosingProxy(system.url, () => losesReply());
    throughProxy = new BerthClient(proxy.url, system.adminToken);
    room = (await admin.must<{ id: string }>('POST', '/resources', { body: { name: 'Room', timeZone: 'UTC' } })).id;
  });
  beforeEach(() => {
    losesReply = () => false;
  });
  afterAll(async () => {
    admin.close();
    throughProxy.close();
    await proxy.stop();
    await system.stop();
  });

  const instant = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');
  const nextHour = () => ({ start: instant((hour += HOUR_MS)), end: instant(hour + HOUR_MS) });
  const wish = (title = `Title ${randomUUID()}`) => ({ resourceId: room, title, ...nextHour() });
  const book = (body: unknown, key: string, client = admin): Promise<Answer> => client.send('POST', '/reservations', { body, key });
  const shown = (answer: Answer): Shown => answer.body as Shown;
  const codeOf = (answer: Answer): string | undefined => (answer.body as { code?: string }).code;
  const titled = async (title: string): Promise<Shown[]> =>
    (await admin.must<{ data: Shown[] }>('GET', `/reservations?q=${encodeURIComponent(title)}`)).data;

  /** Repeats with the same key until there is a definite answer. */
  async function untilDefinite(send: () => Promise<Answer>): Promise<Answer> {
    for (let attempt = 0; attempt < 100; attempt++) {
      const answer = await send().catch((error: unknown) => {
        if (error instanceof NoAnswer) return undefined;
        throw error;
      });
      if (answer && answer.status !== 503 && codeOf(answer) !== 'idempotency-in-progress') return answer;
      await sleep(20 * attempt);
    }
    throw new Error('The outcome stayed unknown.');
  }

  it('F07: gives the reservation that was made when its reply was lost after the commit', async () => {
    const body = wish();
    const key = randomUUID();
    losesReply = () => true;
    await expect(book(body, key, throughProxy)).rejects.toThrow(NoAnswer);
    expect(proxy.lost()).toBe(1);

    const again = await book(body, key);

    const rows = await titled(body.title);
    expect(again.status).toBe(201);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(rows).toHaveLength(1);
    expect(shown(again)).toMatchObject({ id: rows[0]?.id, start: body.start, status: 'confirmed' });
  });

  it('refuses the key for another body, and changes nothing', async () => {
    const body = wish();
    const key = randomUUID();
    const first = await book(body, key);
    const other = wish();

    const reused = await book(other, key);

    expect(reused).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    expect(await titled(other.title)).toEqual([]);
    expect(await titled(body.title)).toEqual([expect.objectContaining({ id: shown(first).id, version: 1 })]);
  });

  it('refuses the key for another route', async () => {
    const key = randomUUID();
    const { id } = shown(await book(wish(), key));

    const cancel = await admin.send('POST', `/reservations/${id}/cancel`, { body: {}, key });

    expect(cancel).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    expect(await admin.must<Shown>('GET', `/reservations/${id}`)).toMatchObject({ status: 'confirmed' });
  });

  it('F12: has one effect and one answer for a hundred requests at once', async () => {
    const body = wish();
    const key = randomUUID();

    const answers = await Promise.all(Array.from({ length: 100 }, () => untilDefinite(() => book(body, key))));

    expect(new Set(answers.map((it) => it.status))).toEqual(new Set([201]));
    for (const answer of answers) expect(answer.body).toEqual(answers[0]?.body);
    expect(await titled(body.title)).toHaveLength(1);
  });

  it('F12: has one effect for a hundred holds, moves and cancels at once', async () => {
    const holdKey = randomUUID();
    const holdBody = { resourceId: room, ...nextHour() };
    const { id } = shown(await book(wish(), randomUUID()));
    const moveKey = randomUUID();
    const target = nextHour();
    const cancelKey = randomUUID();
    const hundred = (path: string, body: unknown, key: string) =>
      Promise.all(Array.from({ length: 100 }, () => untilDefinite(() => admin.send('POST', path, { body, key }))));

    const holds = await hundred('/holds', holdBody, holdKey);
    const moves = await hundred(`/reservations/${id}/move`, target, moveKey);
    const cancels = await hundred(`/reservations/${id}/cancel`, { undoSeconds: 0 }, cancelKey);

    for (const answers of [holds, moves, cancels]) for (const answer of answers) expect(answer.body).toEqual(answers[0]?.body);
    expect(moves[0]).toMatchObject({ status: 200, body: { start: target.start, version: 2 } });
    expect(cancels[0]).toMatchObject({ status: 200, body: { status: 'cancelled', version: 3 } });
  });

  it('F07: resolves every unknown outcome when a fifth of the replies is lost', async () => {
    let count = 0;
    losesReply = () => count++ % 5 === 0;
    const results = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const body = wish();
        const target = nextHour();
        const [bookKey, moveKey, cancelKey] = [randomUUID(), randomUUID(), randomUUID()];
        const made = await untilDefinite(() => book(body, bookKey, throughProxy));
        const { id } = shown(made);
        const moved = await untilDefinite(() => throughProxy.send('POST', `/reservations/${id}/move`, { body: target, key: moveKey }));
        const cancelled = await untilDefinite(() => throughProxy.send('POST', `/reservations/${id}/cancel`, { body: {}, key: cancelKey }));
        const rows = await titled(body.title);
        return {
          statuses: [made.status, moved.status, cancelled.status],
          version: shown(cancelled).version,
          rows: rows.length,
          same: rows[0]?.id === id,
        };
      }),
    );

    expect(proxy.lost()).toBeGreaterThan(25);
    expect(new Set(results.map((it) => JSON.stringify(it)))).toEqual(
      new Set([JSON.stringify({ statuses: [201, 200, 200], version: 3, rows: 1, same: true })]),
    );
  });

  it('does not keep a refusal: the key may be used for the corrected request', async () => {
    const key = randomUUID();
    const body = wish();
    const refused = await book({ ...body, end: body.start }, key);

    const corrected = await book(body, key);

    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.status).toBeLessThan(500);
    expect(corrected.status).toBe(201);
  });

  it('belongs to one person: the same key of somebody else is another request', async () => {
    const password = 'correct horse battery staple';
    const name = `other-${randomUUID().slice(0, 8)}`;
    await admin.must('POST', '/users', {
      body: { username: name, email: `${name}@example.org`, displayName: name, role: 'user', password },
    });
    const form = new URLSearchParams({ grant_type: 'password', username: name, password });
    const { access_token: token } = await admin.must<{ access_token: string }>('POST', '/token', { body: form, token: '' });
    const key = randomUUID();
    const first = await book(wish(), key);

    const other = await book(wish(), key, admin.as(token));

    expect(other.status).toBe(201);
    expect(shown(other).id).not.toBe(shown(first).id);
  });
});

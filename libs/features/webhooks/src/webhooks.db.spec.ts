import { jest } from '@jest/globals';
import { newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { useDatabase } from '@berth/platform/testing';
import { from, reservationsGiven, reservationsOn } from '@berth/reservations/testing';
import { Webhook as Verifier } from 'standardwebhooks';
import { ATTEMPTS_AT, DISABLED_AFTER } from './deliveries/retry-schedule';
import { WEBHOOKS_AT_MOST, type WebhookSettings } from './endpoints/webhook';
import { type Receiver, startReceiver, webhooksOn } from './testing';

const EVERYWHERE = { kind: 'all', ids: [], descendants: false } as const;

describe('Webhooks', () => {
  const db = useDatabase();
  const given = reservationsGiven(db);
  const on = reservationsOn(db);
  let hooks: ReturnType<typeof webhooksOn>;
  let receiver: Receiver;
  let answer = 204;
  let names = 0;

  beforeAll(async () => {
    hooks = webhooksOn(db, on.clock, on.catalogue);
    await hooks.begin();
  });
  beforeEach(async () => {
    await hooks.hear();
    await db.asOwner('delete from webhook');
    answer = 204;
    on.clock.set(new Date());
    receiver = await startReceiver(
      (_request, response) => void response.writeHead(answer, { 'retry-after': '3600' }).end('x'.repeat(3_000)),
    );
  });
  afterEach(() => receiver.stop());

  const anAdmin = () => given.aPerson('admin');
  const aWebhook = async (settings: Partial<WebhookSettings> = {}, admin = anAdmin()) => {
    const wanted = { events: ['reservation.*'], scope: EVERYWHERE, payload: 'full', headers: [], state: 'active' } as const;
    return hooks.add.execute(await admin, { name: `Hook ${names++}`, url: receiver.url, ...wanted, ...settings });
  };
  const booked = async (resource?: { id: string }, title = 'Sync') => {
    const { id } = resource ?? (await given.aResource());
    on.clock.set(new Date('2026-12-07T08:00:00Z'));
    return on.book.execute(await given.aPerson(), { resourceIds: [id], quantity: 1, title, ...from('09:00').to('10:00') });
  };
  const told = async () => {
    await hooks.hear();
    await hooks.send();
    return receiver.received.map((it) => JSON.parse(it.body) as { id: string; type: string; data: Record<string, unknown> });
  };

  it('tell what happened, signed, once, and say how it went', async () => {
    const admin = await anAdmin();
    const webhook = await aWebhook({}, Promise.resolve(admin));
    const { id } = await booked();
    const [message, ...more] = await told();

    expect(message).toMatchObject({
      type: 'reservation.created',
      organizationId: db.organizationId,
      data: { reservationId: id, title: 'Sync' },
    });
    expect(more).toEqual([]);
    const [{ headers, body } = { headers: {}, body: '' }] = receiver.received;
    expect(headers['webhook-id']).toBe(message?.id);
    expect(signedNow(webhook.secret, headers, body)).toBe(true);
    await told();
    expect(receiver.received).toHaveLength(1);
    const { data } = await hooks.deliveries.page(admin, webhook.id, { state: ['delivered'] }, { limit: 50 });
    expect(data).toEqual([expect.objectContaining({ eventId: message?.id, attempts: 1, lastStatus: 204, isReplay: false })]);
    const { attemptLog } = await hooks.deliveries.one(admin, webhook.id, data[0]!.id);
    expect(attemptLog).toEqual([expect.objectContaining({ status: 204, failure: null, requestBody: body, answer: '' })]);
    expect(await hooks.queries.one(db.organizationId, webhook.id)).toMatchObject({
      health: { day: { delivered: 1, failed: 0, successRate: 1 } },
      lastDelivery: { state: 'delivered', status: 204 },
    });
  });

  /** The library has no clock of its own to set, so the time that was signed is made now where it is the same. */
  function signedNow(secret: string, headers: Record<string, string | string[] | undefined>, body: string): boolean {
    jest.useFakeTimers({ now: on.clock.now(), doNotFake: ['setTimeout', 'setInterval', 'setImmediate', 'nextTick', 'queueMicrotask'] });
    try {
      new Verifier(secret).verify(body, headers as Record<string, string>);
      return true;
    } catch {
      return false;
    } finally {
      jest.useRealTimers();
    }
  }

  it('are told only the events they asked for, and only of the places in their scope', async () => {
    const site = await given.aSite();
    const type = await given.aType();
    const whole = await given.aResource({ site });
    const part = await given.aResource({ site, parent: whole });
    const elsewhere = await given.aResource({ type });
    const counted: Record<string, number> = {};
    const scopes = {
      all: EVERYWHERE,
      site: { kind: 'sites', ids: [site.id], descendants: false },
      type: { kind: 'types', ids: [type.id], descendants: false },
      whole: { kind: 'resources', ids: [whole.id], descendants: false },
      parts: { kind: 'resources', ids: [whole.id], descendants: true },
    } as const;
    const made = new Map<string, string>();
    for (const [name, scope] of Object.entries(scopes)) made.set((await aWebhook({ scope })).id, name);
    made.set((await aWebhook({ events: ['resource.created', 'reservation.cancelled'] })).id, 'others');
    await booked(part);
    await booked(elsewhere);
    await hooks.hear();

    for (const { webhook_id: id } of await db.asOwner<{ webhook_id: string }>('select webhook_id from webhook_delivery'))
      counted[made.get(id) ?? ''] = (counted[made.get(id) ?? ''] ?? 0) + 1;
    expect(counted).toEqual({ all: 2, site: 1, type: 1, parts: 1 });
  });

  it('say no more than that it happened where the payload is thin, or whoever set it up may not read more', async () => {
    const closed = await given.aResource({ policy: { titlesVisibleTo: 'managers' } });
    await aWebhook({ payload: 'thin' });
    const manager = await aWebhook();
    const reader = await aWebhook();
    const user = await given.aPerson('user');
    await db.asOwner('update webhook set responsible_id = $2 where id = $1', [reader.id, user.accountId]);
    const suspended = await aWebhook();
    await db.asOwner('update webhook set responsible_id = null where id = $1', [suspended.id]);
    const { id, version } = await booked(closed, 'Takeover');
    await hooks.hear();

    const rows = await db.asOwner<{ webhook_id: string; body: string }>('select webhook_id, body from webhook_delivery');
    const dataOf = (webhook: { id: string }) =>
      JSON.parse(rows.find((it) => it.webhook_id === webhook.id)?.body ?? '{}').data as Record<string, unknown>;
    const thin = { kind: 'reservations', id, version };
    expect(rows.filter((it) => it.body.includes('Takeover')).map((it) => it.webhook_id)).toEqual([manager.id]);
    expect(dataOf(manager)).toMatchObject({ reservationId: id, title: 'Takeover' });
    expect(dataOf(reader)).toMatchObject({ reservationId: id, title: null });
    expect(dataOf(suspended)).toEqual({ ...thin, truncated: undefined });
  });

  it('are tried again under the same id after a failure, and the receiver has the time it asks for', async () => {
    const admin = await anAdmin();
    const webhook = await aWebhook({}, Promise.resolve(admin));
    const begin = new Date('2026-12-07T08:00:00Z');
    await booked();
    answer = 500;
    await told();
    answer = 503;
    on.clock.set(new Date(begin.getTime() + 10_000));
    await told();
    on.clock.set(new Date(begin.getTime() + 20 * 60_000));
    await told();
    expect(receiver.received).toHaveLength(2);
    answer = 204;
    on.clock.set(new Date(begin.getTime() + 3_700_000));
    await told();

    expect(receiver.received).toHaveLength(3);
    expect(new Set(receiver.received.map((it) => it.headers['webhook-id'])).size).toBe(1);
    expect(new Set(receiver.received.map((it) => it.body)).size).toBe(1);
    expect(new Set(receiver.received.map((it) => it.headers['webhook-timestamp'])).size).toBe(3);
    const { data } = await hooks.deliveries.page(admin, webhook.id, {}, { limit: 50 });
    const { attemptLog } = await hooks.deliveries.one(admin, webhook.id, data[0]!.id);
    expect(attemptLog.map((it) => it.failure?.reason ?? it.status)).toEqual(['answered', 'answered', 204]);
    expect(attemptLog[0]?.answer).toHaveLength(1024);
    expect((await hooks.queries.one(db.organizationId, webhook.id)).health.day).toMatchObject({ delivered: 1, failed: 2 });
  });

  it('are tried at the times of the document, then no more', async () => {
    const webhook = await aWebhook();
    const { id } = await booked();
    await hooks.hear();
    const [delivery] = await db.asOwner<{ id: string }>(`select id from webhook_delivery where subject = $1`, [`reservations/${id}`]);
    answer = 500;
    const times: number[] = [];
    const begin = on.clock.now().getTime();
    for (let next: Date | null = on.clock.now(); next;) {
      on.clock.set(next);
      times.push(next.getTime() - begin);
      await hooks.sending.execute(delivery!.id);
      const [row] = await db.asOwner<{ next_attempt_at: Date | null }>('select next_attempt_at from webhook_delivery where id = $1', [
        delivery!.id,
      ]);
      next = row!.next_attempt_at;
    }

    expect(receiver.received).toHaveLength(10);
    times.forEach((it, n) => expect(Math.abs(it - ATTEMPTS_AT[n]!)).toBeLessThanOrEqual(0.2 * ATTEMPTS_AT[n]!));
    expect(await db.asOwner('select state, attempts from webhook_delivery where id = $1', [delivery!.id])).toEqual([
      { state: 'exhausted', attempts: 10 },
    ]);
    expect(await hooks.queries.one(db.organizationId, webhook.id)).toMatchObject({ state: 'active', health: { week: { failed: 10 } } });
  });

  it('have another mark whenever a delivery is made, tried or sent again, and none where they are somebody else’s', async () => {
    const admin = await anAdmin();
    const { id } = await aWebhook({}, Promise.resolve(admin));
    const marks: (string | undefined)[] = [];
    const look = async () => marks.push(await hooks.deliveries.markOf(db.organizationId, id));
    answer = 500;
    await look();
    await booked();
    await hooks.hear();
    await look();
    await hooks.send();
    await look();
    const { data } = await hooks.deliveries.page(admin, id, {}, { limit: 50 });
    await hooks.replay.one(admin, id, data[0]!.id);
    await look();

    expect(new Set(marks).size).toBe(4);
    await look();
    expect(marks.at(-1)).toBe(marks.at(-2));
    expect(await hooks.deliveries.markOf(newId(), id)).toBeUndefined();
  });

  it('keep back what a private reservation is about, whoever set them up', async () => {
    await aWebhook();
    const { id } = await given.aResource();
    on.clock.set(new Date('2026-12-07T08:00:00Z'));
    const wish = { resourceIds: [id], quantity: 1, title: 'Surgery', private: true, ...from('09:00').to('10:00') };
    await on.book.execute(await given.aPerson(), wish);
    const [message] = await told();

    expect(message?.data).toMatchObject({ title: null, resourceIds: [id] });
    expect(receiver.received[0]?.body).not.toContain('Surgery');
  });

  it.each([
    ['user', 'nobody', false],
    ['user', 'everyone', true],
    ['admin', 'nobody', true],
  ])('say whose a reservation is as far as who answers for them reads it (%s, shown to %s)', async (role, shownTo, isTold) => {
    const admin = await anAdmin();
    await aWebhook({}, Promise.resolve(admin));
    await db.asOwner('update account set role = $1 where id = $2', [role, admin.accountId]);
    const { id } = await given.aResource();
    on.clock.set(new Date('2026-12-07T08:00:00Z'));
    const person = await given.aPerson();
    await db.asOwner('update account set name_shown_to = $1 where id = $2', [shownTo, person.accountId]);
    await on.book.execute(person, { resourceIds: [id], quantity: 1, title: 'Sync', ...from('09:00').to('10:00') });
    const [message] = await told();

    expect(message?.data).toMatchObject({ resourceIds: [id] });
    expect(receiver.received[0]?.body.includes(person.accountId)).toBe(isTold);
  });

  it('are disabled by a 410, and whoever set them up is told', async () => {
    const admin = await anAdmin();
    const webhook = await aWebhook({}, Promise.resolve(admin));
    answer = 410;
    await booked();
    await told();

    expect(await hooks.queries.one(db.organizationId, webhook.id)).toMatchObject({ state: 'disabled', disabledReason: 'gone' });
    const [event] = await db.asOwner<{ data: object }>(`select data from event where type = 'webhook.disabled' and subject_id = $1`, [
      webhook.id,
    ]);
    expect(event?.data).toMatchObject({ reason: 'gone', responsibleId: admin.accountId, host: new URL(webhook.url).host });
    await expect(hooks.change.execute(admin, { id: webhook.id, version: 2, patch: { state: 'active' } })).rejects.toMatchObject({
      code: 'invalid-state',
    });
    await expect(hooks.try.enable(admin, webhook.id)).rejects.toMatchObject({
      code: 'webhook-test-failed',
      extensions: { test: { status: 410 } },
    });
    answer = 200;
    expect(await hooks.try.enable(admin, webhook.id)).toMatchObject({ state: 'active', disabledReason: null });
  });

  it('are disabled when nothing arrived for five days', async () => {
    const webhook = await aWebhook();
    answer = 500;
    await booked();
    await told();
    on.clock.set(new Date(on.clock.now().getTime() + DISABLED_AFTER + 1));
    await told();

    expect(await hooks.queries.one(db.organizationId, webhook.id)).toMatchObject({ state: 'disabled', disabledReason: 'failing' });
    expect(await hooks.send()).toBe(0);
  });

  it('are sent again on request: same id, new time, marked, and without a word on their health', async () => {
    const admin = await anAdmin();
    const webhook = await aWebhook({}, Promise.resolve(admin));
    answer = 500;
    const begin = new Date('2026-12-07T08:00:00Z');
    await booked();
    await booked();
    await told();
    const health = (await hooks.queries.one(db.organizationId, webhook.id)).health;
    answer = 200;
    on.clock.set(new Date(begin.getTime() + 3_000));
    const { data } = await hooks.deliveries.page(admin, webhook.id, {}, { limit: 50 });
    await hooks.replay.one(admin, webhook.id, data[0]!.id);
    expect(await hooks.replay.failedSince(admin, webhook.id, begin)).toEqual({ count: 1 });
    expect(await hooks.replay.failedSince(admin, webhook.id, begin)).toEqual({ count: 0 });
    await hooks.send();

    const again = receiver.received.slice(2);
    expect(again.map((it) => it.headers['berth-replay'])).toEqual(['true', 'true']);
    expect(new Set(receiver.received.map((it) => it.headers['webhook-id'])).size).toBe(2);
    expect((await hooks.queries.one(db.organizationId, webhook.id)).health).toEqual(health);
  });

  it('sign with both secrets for a day after a rotation, and with the new one from then on', async () => {
    const admin = await anAdmin();
    const { id, secret: first } = await aWebhook({}, Promise.resolve(admin));
    on.clock.set(new Date('2026-12-07T08:00:00Z'));
    const { secret: second, previousExpiresAt } = await hooks.rotate.execute(admin, id);
    expect(previousExpiresAt).toBe('2026-12-08T08:00:00Z');
    await booked();
    await told();
    const both = receiver.received.at(-1)!;
    expect([first, second].map((it) => signedNow(it, both.headers, both.body))).toEqual([true, true]);

    on.clock.set(new Date('2026-12-08T08:00:01Z'));
    const { request } = await hooks.try.execute(admin, id);
    expect([first, second].map((it) => signedNow(it, request.headers, request.body))).toEqual([false, true]);
  });

  it('are left in peace for a moment when they fail', async () => {
    await aWebhook();
    answer = 500;
    await booked();
    await told();
    const failed = on.clock.now().getTime();
    await booked();
    await hooks.hear();
    expect(await hooks.sending.due(100)).toEqual([]);
    on.clock.set(new Date(failed + 250));
    expect(await hooks.sending.due(100)).toHaveLength(1);
  });

  it('never have more than a few requests in flight, and one that fails no more than one', async () => {
    const webhook = await aWebhook();
    const room = await given.aResource({ units: 20 });
    for (let n = 0; n < 10; n++) await booked(room);
    await hooks.hear();
    expect(await hooks.sending.due(100)).toHaveLength(4);
    await db.asOwner('update webhook set failing_since = now() where id = $1', [webhook.id]);
    expect(await hooks.sending.due(100)).toHaveLength(1);
    await db.asOwner('update webhook set failing_since = null where id = $1', [webhook.id]);
    const all = await db.asOwner<{ id: string }>('select id from webhook_delivery');
    let [flying, most] = [0, 0];
    await receiver.stop();
    receiver = await startReceiver((_request, response) => {
      most = Math.max(most, ++flying);
      setTimeout(() => void (flying--, response.writeHead(204).end()), 50);
    });
    await db.asOwner('update webhook set url = $1', [receiver.url]);
    await Promise.all(all.map((it) => hooks.sending.execute(it.id)));

    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(4);
  });

  it('are taken over, and what they were told is read, by nobody who may not read all of it', async () => {
    const [owner, other] = [await anAdmin(), await anAdmin()];
    const webhook = await aWebhook({}, Promise.resolve(owner));
    await booked(undefined, 'Canary');
    await told();
    const id = (await hooks.deliveries.page(owner, webhook.id, {}, { limit: 50 })).data[0]!.id;
    const bodyFor = async (actor: Actor) => (await hooks.deliveries.one(actor, webhook.id, id)).attemptLog[0]?.requestBody;
    const narrow: Actor = { ...other, scopes: new Set(['webhook:manage']) };
    const moved = { id: webhook.id, version: webhook.version, patch: { url: receiver.url } };

    expect(await bodyFor(narrow)).not.toContain('Canary');
    expect(JSON.parse((await bodyFor(narrow)) ?? '')).toMatchObject({ type: 'reservation.created', data: { kind: 'reservations' } });
    expect([await bodyFor(owner), await bodyFor(other)]).toEqual(Array(2).fill(receiver.received[0]?.body));
    await expect(hooks.change.execute(narrow, moved)).rejects.toMatchObject({ code: 'permission-denied' });
    expect(await hooks.change.execute(other, moved)).toMatchObject({ version: webhook.version + 1 });
  });

  it('are removed with their history, and are no more than an organization may have', async () => {
    const admin = await anAdmin();
    const webhook = await aWebhook({}, Promise.resolve(admin));
    await db.asOwner(
      `insert into webhook_delivery (id, org_id, webhook_id, event_id, event_type, subject, sequence, resource_ids, body, state, created_at)
       select gen_random_uuid(), $1, $2, gen_random_uuid(), 'reservation.created', 'reservations/x', n, '{}', '{}', 'exhausted', now()
       from generate_series(1, 4500) n`,
      [db.organizationId, webhook.id],
    );
    await hooks.remove.execute(admin, webhook.id, webhook.version);
    expect(await db.asOwner('select count(*)::int as n from webhook_delivery')).toEqual([{ n: 0 }]);

    await db.asOwner(
      `insert into webhook (id, org_id, name, url, events, scope_kind, payload, created_at)
       select gen_random_uuid(), $1, 'Many ' || n, 'https://example.org/', '{*}', 'all', 'thin', now() from generate_series(1, $2::int) n`,
      [db.organizationId, WEBHOOKS_AT_MOST],
    );
    await expect(aWebhook({}, Promise.resolve(admin))).rejects.toMatchObject({
      code: 'limit-reached',
      extensions: { limit: WEBHOOKS_AT_MOST },
    });
  });

  it('refuse addresses inside, headers of ours and scopes of others', async () => {
    const bad = async (settings: Partial<WebhookSettings>) =>
      aWebhook(settings).then(
        () => undefined,
        (error: { code: string }) => error.code,
      );

    expect(await bad({ url: 'https://10.0.0.1/' })).toBe('validation-failed');
    expect(await bad({ url: 'ftp://127.0.0.1/' })).toBe('validation-failed');
    expect(await bad({ events: ['constructor.*'] })).toBe('validation-failed');
    expect(await bad({ headers: [{ name: 'Webhook-Signature', value: 'x' }] })).toBe('validation-failed');
    expect(await bad({ scope: { kind: 'sites', ids: [db.organizationId], descendants: false } })).toBe('invalid-reference');
    expect(await bad({ scope: { kind: 'all', ids: [db.organizationId], descendants: false } })).toBe('validation-failed');
  });
});

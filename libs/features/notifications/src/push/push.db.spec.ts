import { SafeFetch } from '@berth/platform/outgoing';
import { SetClock, silentOutbox, silentQueue, useDatabase, workOff } from '@berth/platform/testing';
import { reservationsGiven } from '@berth/reservations/testing';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import pino from 'pino';
import { links, secrets } from '../testing';
import { PushKeys } from './push-keys';
import { PushMessages } from './push-messages';
import { PushSubscriptions } from './push-subscriptions';
import { SendPushes } from './push.work';

const db = useDatabase();
const given = reservationsGiven(db);
const clock = new SetClock(new Date('2026-12-07T08:00:00Z'));

/** A browser: keys it gives away, and what only it can read (RFC 8291 §3.4, RFC 8188 §2). */
function aBrowser() {
  const ecdh = createECDH('prime256v1');
  ecdh.generateKeys();
  const auth = randomBytes(16);
  const hkdf = (secret: Buffer, salt: Buffer, info: Buffer | string, length: number): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, salt, info, length));
  return {
    keys: { p256dh: ecdh.getPublicKey().toString('base64url'), auth: auth.toString('base64url') },
    read(body: Buffer): unknown {
      const [salt, length] = [body.subarray(0, 16), body.readUInt8(20)];
      const [sender, sealed] = [body.subarray(21, 21 + length), body.subarray(21 + length)];
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), ecdh.getPublicKey(), sender]);
      const secret = hkdf(ecdh.computeSecret(sender), auth, info, 32);
      const key = hkdf(secret, salt, 'Content-Encoding: aes128gcm\0', 16);
      const cipher = createDecipheriv('aes-128-gcm', key, hkdf(secret, salt, 'Content-Encoding: nonce\0', 12));
      cipher.setAuthTag(sealed.subarray(-16));
      const padded = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
      return JSON.parse(padded.subarray(0, padded.lastIndexOf(2)).toString());
    },
  };
}

/** Claims of a VAPID header signed by the key it names (RFC 8292 §2–3). @throws Error where it is not */
function claimsOf(header: string): { readonly key: string; readonly aud: string; readonly sub: string; readonly exp: number } {
  const [, token = '', key = ''] = /^vapid t=(\S+), k=(\S+)$/.exec(header) ?? [];
  const [head = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((it) => it.toString('base64url'));
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  const isSigned = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!isSigned) throw new Error('the signature is not of that key');
  return { ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as { aud: string; sub: string; exp: number }), key };
}

describe('Push', () => {
  const received: { headers: IncomingMessage['headers']; body: Buffer }[] = [];
  let server: Server;
  let status = 201;
  let endpoint = '';
  beforeAll(async () => {
    server = createServer((request, answer) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        received.push({ headers: request.headers, body: Buffer.concat(parts) });
        answer.writeHead(status).end();
      });
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    endpoint = `http://127.0.0.1:${(server.address() as { port: number }).port}/push/`;
  });
  afterAll(() => new Promise((closed) => server.close(closed)));
  beforeEach(async () => {
    received.length = 0;
    status = 201;
    clock.set(new Date('2026-12-07T08:00:00Z'));
    await db.asOwner('delete from push_subscription');
  });

  const subscriptions = () => new PushSubscriptions(db.database, secrets, silentOutbox(), clock);
  const sender = (allowedNetworks: string[] = ['127.0.0.0/8']) =>
    new SendPushes(
      silentQueue(),
      db.database,
      new PushKeys(db.database, secrets, clock),
      new SafeFetch({ allowedNetworks }),
      secrets,
      links,
      clock,
      pino({ level: 'silent' }),
    );

  async function aMessage(path = 'browser', text = 'Your booking begins soon.', browser = aBrowser()): Promise<void> {
    const ada = await given.aPerson();
    await subscriptions().add(ada, { endpoint: endpoint + path, keys: browser.keys, userAgent: 'Firefox' });
    const [row] = await db.asOwner<{ id: string }>(
      `insert into notification (id, org_id, account_id, kind, cause, subject_kind, subject_id, facts, in_app, at)
       values (gen_random_uuid(), $1, $2, 'reminder', 'x', 'reservations', gen_random_uuid(), '{}', true, now()) returning id`,
      [db.organizationId, ada.accountId],
    );
    const reader = { id: ada.accountId, language: 'en', ownZone: null, zone: 'UTC', hourCycle: 'h23' } as Parameters<
      PushMessages['write']
    >[1][0]['reader'];
    const draft = { organizationId: db.organizationId, kind: 'reminder', facts: { title: text }, target: {} } as Parameters<
      PushMessages['write']
    >[1][0]['draft'];
    await db.database.systemTransaction((tx) =>
      new PushMessages(secrets, links).write(tx, [
        { id: row!.id, draft, reader, notBefore: clock.now(), usefulUntil: new Date(clock.now().getTime() + 3_600_000) },
      ]),
    );
  }
  const count = async (table: string): Promise<number> =>
    (await db.asOwner<{ n: number }>(`select count(*)::int as n from ${table}`))[0]?.n ?? -1;

  it('sends what only the browser can read, signed by the one key of the installation', async () => {
    const browser = aBrowser();
    await aMessage('browser', 'Quiet meeting', browser);
    await workOff(sender());

    expect(received).toHaveLength(1);
    expect(received[0]?.headers).toMatchObject({
      'content-encoding': 'aes128gcm',
      ttl: '3600',
      authorization: expect.stringMatching(/^vapid t=.+, k=/),
    });
    expect(received[0]?.body.includes('Quiet meeting')).toBe(false);
    expect(browser.read(received[0]!.body)).toMatchObject({
      kind: 'reminder',
      title: expect.stringContaining('Quiet meeting'),
      language: 'en',
    });
    expect(() => aBrowser().read(received[0]!.body)).toThrow();
    const { key, ...claims } = claimsOf(received[0]?.headers.authorization ?? '');
    expect(key).toBe((await new PushKeys(db.database, secrets, clock).pair()).publicKey);
    expect(claims).toMatchObject({ aud: new URL(endpoint).origin, sub: 'https://berth.example/' });
    const lasts = claims.exp * 1000 - Date.now();
    expect(lasts > 0 && lasts <= 24 * 3_600_000).toBe(true);
    expect([await count('push_message'), await count('push_subscription')]).toEqual([0, 1]);
  });

  it('has one pair of keys, however many processes ask at once, and shows the private half to nobody', async () => {
    const pairs = await Promise.all(Array.from({ length: 5 }, () => new PushKeys(db.database, secrets, clock).pair()));

    expect(new Set(pairs.map((it) => it.publicKey)).size).toBe(1);
    const [row] = await db.asOwner<{ text: string }>(`select encode(private_sealed, 'escape') as text from push_key`);
    expect(row?.text).not.toContain(pairs[0]?.privateKey);
  });

  it.each([404, 410])('forgets a browser whose service answers %i', async (gone) => {
    await aMessage();
    status = gone;
    await workOff(sender());

    expect([await count('push_message'), await count('push_subscription')]).toEqual([0, 0]);
  });

  it.each([429, 500, 503])('tries again after a pause where the service answers %i', async (busy) => {
    await aMessage();
    status = busy;
    await workOff(sender());
    await workOff(sender());
    expect(received).toHaveLength(1);
    clock.forward(1);
    status = 201;
    await workOff(sender());

    expect(received).toHaveLength(2);
    expect([await count('push_message'), await count('push_subscription')]).toEqual([0, 1]);
  });

  it('gives a message up when it is of no use any more, and keeps the browser', async () => {
    await aMessage();
    status = 503;
    for (let minutes = 0; minutes <= 180; minutes += 10) {
      await workOff(sender());
      clock.forward(10);
    }

    expect(received.length).toBeGreaterThan(1);
    expect([await count('push_message'), await count('push_subscription')]).toEqual([0, 1]);
  });

  it('gives up a message the service will never take', async () => {
    await aMessage();
    status = 413;
    await workOff(sender());
    clock.forward(10);
    await workOff(sender());

    expect(received).toHaveLength(1);
    expect([await count('push_message'), await count('push_subscription')]).toEqual([0, 1]);
  });

  it('sends nothing into the network of the server, and forgets who asked for it', async () => {
    await aMessage();
    await workOff(sender([]));

    expect(received).toEqual([]);
    expect(await count('push_subscription')).toBe(0);
  });
});

import { SafeFetch } from '@berth/platform/outgoing';
import { SetClock, silentOutbox, silentQueue, useDatabase, workOff } from '@berth/platform/testing';
import { reservationsGiven } from '@berth/reservations/testing';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createECDH, randomBytes } from 'node:crypto';
import pino from 'pino';
import { links, secrets } from '../testing';
import { PushKeys } from './push-keys';
import { PushMessages } from './push-messages';
import { PushSubscriptions } from './push-subscriptions';
import { SendPushes } from './push.work';

const db = useDatabase();
const given = reservationsGiven(db);
const clock = new SetClock(new Date('2026-12-07T08:00:00Z'));

/** Keys as a browser makes them. */
function browserKeys() {
  const ecdh = createECDH('prime256v1');
  ecdh.generateKeys();
  return { p256dh: ecdh.getPublicKey().toString('base64url'), auth: randomBytes(16).toString('base64url') };
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

  async function aMessage(path = 'browser', text = 'Your booking begins soon.'): Promise<void> {
    const ada = await given.aPerson();
    await subscriptions().add(ada, { endpoint: endpoint + path, keys: browserKeys(), userAgent: 'Firefox' });
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
    await aMessage('browser', 'Quiet meeting');
    await workOff(sender());

    expect(received).toHaveLength(1);
    expect(received[0]?.headers).toMatchObject({
      'content-encoding': 'aes128gcm',
      ttl: '3600',
      authorization: expect.stringMatching(/^vapid t=.+, k=/),
    });
    expect(received[0]?.body.includes('Quiet meeting')).toBe(false);
    expect(received[0]?.body.length).toBeGreaterThan(100);
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

  it('tries again with pauses while the service fails, and gives up in the end', async () => {
    await aMessage();
    status = 503;
    await workOff(sender());
    await workOff(sender());
    expect(received).toHaveLength(1);
    clock.forward(1);
    status = 201;
    await workOff(sender());

    expect(received).toHaveLength(2);
    expect([await count('push_message'), await count('push_subscription')]).toEqual([0, 1]);
  });

  it('sends nothing into the network of the server, and forgets who asked for it', async () => {
    await aMessage();
    await workOff(sender([]));

    expect(received).toEqual([]);
    expect(await count('push_subscription')).toBe(0);
  });
});

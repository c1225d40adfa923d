import { insideSpellings, startCanary, type Canary } from '@berth/platform/outgoing/testing';
import { newId } from '@berth/kernel';
import { SafeFetch } from '@berth/platform/outgoing';
import { SetClock, useDatabase } from '@berth/platform/testing';
import { reservationsGiven, reservationsOn } from '@berth/reservations/testing';
import { networkInterfaces } from 'node:os';
import type { WebhookSettings } from './endpoints/webhook';
import { startReceiver, webhooksOn } from './testing';

/** 443 and 8443 are taken by nobody but the canary, where this machine lets us have them. */
const PORT = 8443;
const ownAddresses = Object.values(networkInterfaces())
  .flatMap((it) => it ?? [])
  .map((it) => it.address);
/** Spelled with a port that may be reached, so that only the address can be why it is refused. */
const urls = insideSpellings.map((host) => `https://${host}:${PORT}/hook`);
/** A third of them at the other doors, a different one at each; all of them with `SSRF_SPELLINGS=all`. */
const third = (nth: number): string[] => urls.filter((_, n) => process.env['SSRF_SPELLINGS'] === 'all' || n % 3 === nth);

describe('Webhooks to the inside (SSRF-01)', () => {
  const db = useDatabase();
  const given = reservationsGiven(db);
  const on = reservationsOn(db);
  const clock = new SetClock(new Date('2026-12-07T08:00:00Z'));
  let hooks: ReturnType<typeof webhooksOn>;
  let canary: Canary;
  let names = 0;

  beforeAll(async () => {
    hooks = webhooksOn(db, clock, on.catalogue, new SafeFetch({ allowedNetworks: [] }));
    canary = await startCanary(['127.0.0.1', '::1', ...ownAddresses], PORT);
  });
  afterAll(() => canary.stop());
  afterEach(() => expect(canary.hits()).toBe(0));

  const wanted = (url: string): WebhookSettings => ({
    ...{ name: `Hook ${names++}`, url, events: ['*'], payload: 'thin', headers: [], state: 'active' },
    scope: { kind: 'all', ids: [], descendants: false },
  });
  /** Past every check of the doors, as a row from before a rule was made. */
  const planted = async (url: string): Promise<string> => {
    const admin = await given.aPerson('admin');
    const { id } = await hooks.add.execute(admin, wanted('https://1.1.1.1/'));
    await db.asOwner('update webhook set url = $2 where id = $1', [id, url]);
    return id;
  };
  const refused = { code: 'validation-failed', extensions: { errors: [{ pointer: '/url' }] } };

  it(`cannot be set up, in ${urls.length} spellings`, async () => {
    const admin = await given.aPerson('admin');
    for (const url of urls)
      await expect([url, await hooks.add.execute(admin, wanted(url)).catch((error: object) => error)]).toMatchObject([url, refused]);
  });

  it('cannot be led there later', async () => {
    const admin = await given.aPerson('admin');
    const { id } = await hooks.add.execute(admin, wanted('https://1.1.1.1/'));
    for (const url of third(0))
      await expect([
        url,
        await hooks.change.execute(admin, { id, version: 1, patch: { url } }).catch((error: object) => error),
      ]).toMatchObject([url, refused]);
  });

  it('send no test there', async () => {
    const admin = await given.aPerson('admin');
    const id = await planted('https://1.1.1.1/');
    for (const url of third(1)) {
      await db.asOwner('update webhook set url = $2 where id = $1', [id, url]);
      const { outcome, failure, answer } = await hooks.try.execute(admin, id);
      expect([url, outcome, failure?.reason, answer]).toEqual([url, 'failed', expect.stringMatching(/address-refused|name-unknown/), null]);
    }
  });

  it('deliver nothing there', async () => {
    const id = await planted('https://1.1.1.1/');
    for (const url of third(2)) {
      const delivery = newId();
      await db.asOwner('update webhook set url = $2, failing_since = null where id = $1', [id, url]);
      await db.asOwner(
        `insert into webhook_delivery (id, org_id, webhook_id, event_id, event_type, subject, sequence, resource_ids, body, next_attempt_at, created_at)
         values ($1, $2, $3, $1, 'site.created', 'sites/x', 1, '{}', '{}', $4, $4)`,
        [delivery, db.organizationId, id, clock.now()],
      );
      await hooks.sending.execute(delivery);
      const [row] = await db.asOwner<{ last_failure: string; state: string }>(
        'select last_failure, state from webhook_delivery where id = $1',
        [delivery],
      );
      expect([url, row]).toEqual([url, { last_failure: expect.stringMatching(/address-refused|name-unknown/), state: 'failed' }]);
    }
  });

  it('follow no redirect there', async () => {
    let location = '';
    const receiver = await startReceiver((_request, response) => void response.writeHead(307, { location }).end());
    const allowed = webhooksOn(db, clock, on.catalogue);
    const admin = await given.aPerson('admin');
    const { id } = await allowed.add.execute(admin, wanted(receiver.url));
    for (const url of third(0)) {
      // A header is ASCII; browsers and clients read it back.
      location = encodeURI(url);
      expect([url, (await allowed.try.execute(admin, id)).failure?.reason]).toEqual([url, 'redirected']);
    }
    await receiver.stop();
  });

  it.each([
    ...[
      'http://1.1.1.1/',
      'https://1.1.1.1:22/',
      'https://1.1.1.1:80/',
      'https://user:secret@1.1.1.1/',
      'ftp://1.1.1.1/',
      'file:///etc/passwd',
    ],
    ...['gopher://1.1.1.1/', 'javascript:alert(1)', 'https://', '//1.1.1.1/', 'https://[fe80::1%25eth0]/', 'https:// 1.1.1.1/'],
  ])('cannot be %s', async (url) => {
    await expect(hooks.add.execute(await given.aPerson('admin'), wanted(url))).rejects.toMatchObject(refused);
  });
});

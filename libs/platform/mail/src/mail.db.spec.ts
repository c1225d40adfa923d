import { Secrets } from '@berth/platform/runtime';
import { SetClock, silentQueue, useDatabase, workOff } from '@berth/platform/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import pino from 'pino';
import { type Letter } from './letter';
import { Mail } from './mail';
import { type Envelope, type Handed, MailTransport } from './mail-transport';
import { MailWorker } from './mail.worker';
import { PublicLinks } from './public-links';
import { startSink, type Sink } from './testing';

const LONGER_THAN_A_LOCK_IS_WAITED_FOR_MS = 2_500;
const noon = new Date('2026-12-07T12:00:00Z');
const letter: Letter = {
  language: 'fr',
  subject: 'Rejoignez Acme',
  paragraphs: ['Grâce vous invite.'],
  action: { label: 'Rejoindre', link: 'https://berth.example/account/invitation#secret-of-the-link' },
  notes: [],
  sender: 'Acme',
};

describe('Mail', () => {
  const db = useDatabase();
  const clock = new SetClock(noon);
  const secrets = new Secrets(Buffer.alloc(32, 7));
  const links = new PublicLinks({ publicUrl: 'https://berth.example', host: '127.0.0.1', port: 3000 });
  let sink: Sink;
  let transport: MailTransport;
  beforeAll(async () => {
    sink = await startSink();
    transport = new MailTransport({ smtpUrl: sink.url, mailFrom: undefined }, links);
  });
  afterAll(async () => {
    transport.onModuleDestroy();
    await sink.stop();
  });
  beforeEach(async () => {
    clock.set(noon);
    sink.received.length = 0;
    sink.answers.length = 0;
    await db.asOwner('delete from mail');
  });

  const worker = (): MailWorker => new MailWorker(db.database, transport, secrets, clock, silentQueue(), pino({ level: 'silent' }));
  const post = (address = 'grace@acme.example', minutes = 60): Promise<void> =>
    db.database.systemTransaction((tx) =>
      new Mail(transport, secrets, clock).post(tx, {
        organizationId: db.organizationId,
        accountId: null,
        kind: 'invitation',
        to: { name: 'Grace "Amazing" Hopper', address },
        letter,
        usefulUntil: new Date(noon.getTime() + minutes * 60_000),
      }),
    );
  const rows = () =>
    db.asOwner<{ state: string; reason: string | null; attempt: number; letter: boolean }>(
      `select state, reason, attempt, letter_sealed is not null as letter from mail order by id`,
    );

  it('arrives once, whole, however many workers look for it', async () => {
    await Promise.all([post(), post('ada@acme.example')]);

    await Promise.all(Array.from({ length: 4 }, () => workOff(worker())));

    expect(sink.received.map((it) => it.to).sort()).toEqual([['ada@acme.example'], ['grace@acme.example']]);
    const [mail] = sink.received;
    expect(mail?.headers).toMatchObject({
      from: 'Berth <no-reply@berth.example>',
      subject: 'Rejoignez Acme',
      'auto-submitted': 'auto-generated',
      'content-language': 'fr',
      'message-id': expect.stringMatching(/^<[0-9a-f-]{36}@berth\.example>$/),
    });
    expect(mail?.source).toContain('text/plain');
    expect(mail?.source).toContain('text/html');
    expect(await rows()).toEqual([
      { state: 'sent', reason: null, attempt: 1, letter: false },
      { state: 'sent', reason: null, attempt: 1, letter: false },
    ]);
  });

  it('is not sent when the transaction that wrote it fails, and lies sealed until it is', async () => {
    await expect(
      db.database.systemTransaction(async (tx) => {
        await new Mail(transport, secrets, clock).post(tx, {
          ...{ organizationId: db.organizationId, accountId: null, kind: 'invitation', letter, usefulUntil: noon },
          to: { name: 'Grace', address: 'grace@acme.example' },
        });
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    expect(await rows()).toEqual([]);

    await post();
    const [row] = await db.asOwner<{ text: string }>(`select encode(letter_sealed, 'escape') || mail::text as text from mail`);
    expect(row?.text).not.toMatch(/secret-of-the-link|grace@/);
  });

  it('is tried again with growing pauses as the same mail, until the server takes it', async () => {
    await post();
    sink.answers.push({ to: 451 }, { to: 450 });

    await workOff(worker());
    expect(await workOff(worker())).toBe(0);
    clock.set(new Date(noon.getTime() + 10_000));
    await workOff(worker());
    clock.set(new Date(noon.getTime() + 60_000));
    expect(await workOff(worker())).toBe(0);
    clock.set(new Date(noon.getTime() + 70_000));
    await workOff(worker());

    expect(sink.received).toHaveLength(1);
    expect(await rows()).toMatchObject([{ state: 'sent', attempt: 3 }]);
  });

  it('keeps its message id when the server took it and its answer was lost', async () => {
    await post();
    sink.answers.push({ data: 451 });

    await workOff(worker());
    clock.set(new Date(noon.getTime() + 10_000));
    await workOff(worker());

    const ids = sink.received.map((it) => [it.headers['message-id'], it.headers['date']]);
    expect(ids).toHaveLength(2);
    expect(ids[0]).toEqual(ids[1]);
  });

  it('goes out once though the database cannot note it at first', async () => {
    await post();
    const other = new pg.Client({ connectionString: db.url });
    await other.connect();
    let isFree: Promise<unknown> | undefined;
    class Locking extends MailTransport {
      override async send(envelope: Envelope): Promise<Handed> {
        const handed = await super.send(envelope);
        await other.query('begin');
        await other.query('lock table mail in access exclusive mode');
        isFree = sleep(LONGER_THAN_A_LOCK_IS_WAITED_FOR_MS).then(() => other.query('rollback'));
        return handed;
      }
    }
    const locking = new Locking({ smtpUrl: sink.url, mailFrom: undefined }, links);

    await workOff(new MailWorker(db.database, locking, secrets, clock, silentQueue(), pino({ level: 'silent' })));
    await isFree;
    await other.end();
    locking.onModuleDestroy();

    expect(sink.received).toHaveLength(1);
    expect(await rows()).toEqual([{ state: 'sent', reason: null, attempt: 1, letter: false }]);
  });

  it('is given up when nobody of that address is there, and when it came too late to be of use', async () => {
    await post('nobody@acme.example');
    await post('late@acme.example', 5);
    sink.answers.push({ to: 550, of: 'nobody@acme.example' }, { to: 451, of: 'late@acme.example' });

    await workOff(worker());
    clock.set(new Date(noon.getTime() + 6 * 60_000));
    await workOff(worker());

    expect(sink.received).toEqual([]);
    expect((await rows()).map((it) => [it.state, it.letter])).toEqual([
      ['refused', false],
      ['expired', false],
    ]);
    expect((await rows())[0]?.reason).toMatch(/^E\w+ 550$/);
  });

  it('sets no header by a name, a subject or an address', async () => {
    const evil = 'x\r\nBcc: eve@evil.example\r\n\r\nHello';
    const handed = await transport.send({
      ...{ id: '0', writtenAt: noon, to: { name: evil, address: 'grace@acme.example' } },
      letter: { ...letter, subject: evil, sender: evil },
    });

    expect(handed).toEqual({ outcome: 'sent' });
    expect(sink.received[0]?.to).toEqual(['grace@acme.example']);
    expect(sink.received[0]?.headers).not.toHaveProperty('bcc');
    expect(
      await transport.send({ id: '0', writtenAt: noon, to: { name: '', address: 'a@b.example\r\nBcc: e@e.example' }, letter }),
    ).toEqual({ outcome: 'refused', reason: 'address' });
  });

  it('tells whether the server answers', async () => {
    expect([transport.isSetUp, await transport.check()]).toEqual([true, undefined]);
    const none = new MailTransport({ smtpUrl: undefined, mailFrom: undefined }, links);
    expect([none.isSetUp, await none.check()]).toEqual([false, 'not-set-up']);
  });
});

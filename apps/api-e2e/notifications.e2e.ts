import { type ReceivedMail, type Sink, startSink } from '@berth/platform/mail/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Call, caller, personWith, soon } from './http';
import { type RunningSystem, startSystem } from './start-system';

const FORGED = { host: 'evil.example', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' };
const BOOKINGS = Number(process.env['LETTERS'] ?? 12);

/** Somebody books, somebody is asked by letter, and decides with its link; whoever sends the letters is killed meanwhile. */
describe('Being told', () => {
  let sink: Sink;
  let system: RunningSystem;
  beforeAll(async () => {
    sink = await startSink();
    system = await startSystem({ SMTP_URL: sink.url, BERTH_PUBLIC_URL: 'https://berth.example', BERTH_ROLES: 'api' });
  });
  afterAll(async () => {
    await system.stop();
    await sink.stop();
  });

  const lettersTo = (person: string): ReceivedMail[] => sink.received.filter((it) => it.to.includes(`${person}@acme.example`));
  async function until<T>(what: () => T | undefined | false): Promise<T> {
    for (let tries = 0; tries < 1_200; tries++) {
      const found = what();
      if (found) return found;
      await sleep(100);
    }
    throw new Error('it did not come to be');
  }

  it('comes to each person once, by one letter, and its link does what it says at the press of a button', async () => {
    const admin = caller(system.url, system.adminToken);
    const ada = await personWith(admin, 'user', 'ada');
    const eve = await personWith(admin, 'user', 'eve');
    const approvers = [{ kind: 'user', id: eve.id }];
    const { body: lab } = await admin('POST', '/resources', {
      body: { name: 'Laser', units: BOOKINGS + 1, policy: { approval: { mode: 'required', deadline: 'P2D', approvers } } },
    });
    const { body: room } = await admin('POST', '/resources', { body: { name: 'Turing', units: BOOKINGS + 1 } });
    let worker = await system.startReplica({ BERTH_ROLES: 'api,worker' });

    const booked: string[] = [];
    for (let i = 0; i < BOOKINGS; i++) {
      const body = { resourceId: room.id, start: soon('09:00'), end: soon('10:00'), title: `Meeting ${i}.` };
      const answer = await ada.call('POST', '/reservations', { body, headers: FORGED });
      expect([answer.status, answer.body.detail]).toEqual([201, undefined]);
      booked.push(answer.body.id);
      if (i % 5 === 2) {
        await worker.kill('SIGKILL');
        worker = await system.startReplica({ BERTH_ROLES: 'api,worker' });
        // The time for which who died had taken a letter is over.
        await system.asOwner(`update mail set next_try_at = now() where state = 'waiting'`);
      }
    }
    const time = { start: soon('11:00'), end: soon('12:00') };
    const { body: asking } = await ada.call('POST', '/reservations', {
      body: { resourceId: lab.id, ...time, title: 'Cutting' },
      headers: FORGED,
    });
    expect(asking.status).toBe('pending');

    const [letter] = await until(() => lettersTo('eve').length > 0 && lettersTo('eve'));
    await until(() => new Set(lettersTo('ada').map((it) => it.headers['message-id'])).size >= BOOKINGS);
    for (let i = 0; i < BOOKINGS; i++) {
      const ids = lettersTo('ada').filter((it) => it.text.includes(`Meeting ${i}.`));
      // A letter whose answer was lost with the worker comes again as the same one.
      expect(new Set(ids.map((it) => it.headers['message-id'])).size).toBe(1);
    }
    expect(sink.received.map((it) => it.source).join()).not.toContain('evil.example');
    const rows = await system.asOwner<{ n: number }>(
      `select count(*)::int as n from mail where kind in ('booking-confirmed', 'approval-asked')`,
    );
    expect(rows[0]?.n).toBe(BOOKINGS + 1);

    const { body: waiting } = await eve.call('GET', '/notifications?tab=action');
    expect(waiting).toMatchObject({
      needsAction: 1,
      data: [{ kind: 'approval-asked', verbs: ['approve', 'reject', 'open'], target: { reservationId: asking.id } }],
    });
    const [, token = ''] = /Approve:\r?\nhttps:\/\/berth\.example\/act#(\S+)/.exec(letter?.text ?? '') ?? [];
    // The page of the letter's link: nobody has signed in there.
    const stranger: Call = (method, path, options = {}) =>
      caller(system.url)(method, path, { ...options, headers: { origin: 'https://berth.example', ...options.headers } });
    expect([404, 405]).toContain((await stranger('GET', `/notifications/act?token=${token}`)).status);
    expect((await stranger('POST', '/notifications/act/inspect', { body: { token } })).body).toMatchObject({
      verb: 'approve',
      personName: 'eve',
    });
    expect((await ada.call('GET', `/reservations/${asking.id}`)).body.status).toBe('pending');
    expect(await stranger('POST', '/notifications/act', { body: { token } })).toMatchObject({ status: 200, body: { verb: 'approve' } });
    expect((await ada.call('GET', `/reservations/${asking.id}`)).body.status).toBe('confirmed');
    expect((await stranger('POST', '/notifications/act', { body: { token } })).body.code).toBe('link-invalid');
    const decided = await until(() => lettersTo('ada').find((it) => it.text.includes('approved your booking')));
    expect(decided.source).toContain('method=REQUEST');

    const [, leave = ''] = /^<https:\/\/berth\.example\/api\/v1(.+)>$/.exec(letter?.headers['list-unsubscribe'] ?? '') ?? [];
    const page = await stranger('GET', leave);
    expect([page.status, page.headers.get('location')?.startsWith('https://berth.example/act#')]).toEqual([303, true]);
    expect((await eve.call('GET', '/users/me/notification-preferences')).body).toMatchObject({ preset: 'normal', version: 0 });
    const oneClick = { body: 'List-Unsubscribe=One-Click', headers: { 'content-type': 'application/x-www-form-urlencoded' } };
    expect((await stranger('POST', leave, oneClick)).status).toBe(204);
    expect((await eve.call('GET', '/users/me/notification-preferences')).body.matrix['approval-asked']).toEqual({
      inApp: true,
      email: false,
      push: true,
    });
    await worker.kill();
  }, 300_000);
});

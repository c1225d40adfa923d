import { ApprovalQueries, Respond } from '@berth/approvals';
import { silentOutbox, useDatabase } from '@berth/platform/testing';
import { Settle } from '@berth/reservations';
import { at, from, reservationsGiven } from '@berth/reservations/testing';
import { notificationsOn } from '../testing';

const db = useDatabase();
const given = reservationsGiven(db);
const told = notificationsOn(db);
const { on } = told;
const wish = (resource: { id: string }, when = from('09:00').to('10:00'), more: object = {}) => ({
  resourceIds: [resource.id],
  quantity: 1,
  ...when,
  ...more,
});
/** Of the letters that have arrived. */
const texts = (): string[] => told.sink.received.map((it) => it.text);

describe('Telling people', () => {
  it('confirms one’s own booking by a letter with an invitation, and nothing else', async () => {
    const [ada, room] = [await given.aPerson(), await given.aResource({ name: 'Turing' })];
    const booked = await on.book.execute(ada, wish(room, undefined, { title: 'Board' }));

    await told.told();

    expect(await told.seenBy(ada)).toEqual([]);
    expect(texts()).toEqual([expect.stringMatching(/^It is booked for you\.[\s\S]*Title: Board/)]);
    const [mail] = told.sink.received;
    expect(mail?.headers).toMatchObject({
      'list-unsubscribe': expect.stringMatching(/^<https:\/\/berth\.example\/api\/v1\/notifications\/unsubscribe\?token=[\w-]+>$/),
      'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
    });
    expect(mail?.source).toContain('method=REQUEST');
    const invitation = Buffer.from(
      /Content-Type: application\/ics[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/.exec(mail?.source ?? '')?.[1] ?? '',
      'base64',
    ).toString();
    expect(invitation).toContain(`UID:${booked.id}`);
    expect(invitation).toContain('DTSTART:20261207T090000Z');
    expect(invitation).toContain('SEQUENCE:1');
  });

  it('tells who booked nothing themselves what others did with what is theirs', async () => {
    const [ada, admin, room] = [await given.aPerson(), await given.aPerson('admin'), await given.aResource({ name: 'Curie' })];
    const booked = await on.book.execute(ada, wish(room));
    await on.cancel.execute(admin, { id: booked.id, reason: 'The heating is broken', undoSeconds: 0 });

    await told.told();

    expect(await told.seenBy(ada)).toMatchObject([
      { kind: 'booking-cancelled', facts: { resourceName: 'Curie', personName: 'Ada', reason: 'The heating is broken' }, verbs: ['open'] },
    ]);
    expect(await told.seenBy(admin)).toEqual([]);
    expect(told.sink.received.at(-1)?.source).toContain('method=CANCEL');
  });

  it('tells each person each thing once, however often the log is handed over', async () => {
    const [ada, admin, room] = [await given.aPerson(), await given.aPerson('admin'), await given.aResource()];
    const booked = await on.book.execute(ada, wish(room));
    await on.move.execute(admin, { id: booked.id, start: at('11:00'), end: at('12:00') });
    await told.told();

    await db.asOwner(`update event_reader set position = 0 where name = 'notifications'`);
    await told.told();

    expect((await told.seenBy(ada)).map((it) => it.kind)).toEqual(['booking-changed']);
    expect(texts().filter((it) => /It is booked for you|changed your booking/.test(it))).toHaveLength(2);
  });

  it('asks approvers with what they can do about it, and asks no more once it is decided elsewhere', async () => {
    const [ada, eve, bob] = [await given.aPerson(), await given.aPerson(), await given.aPerson()];
    const approvers = [eve, bob].map((it) => ({ kind: 'user' as const, id: it.accountId }));
    const lab = await given.aResource({ policy: { approval: { mode: 'required', deadline: 'P2D', approvers } } });
    const { id } = await on.book.execute(ada, wish(lab));
    await told.told();
    expect(await told.seenBy(ada)).toEqual([]);
    expect(await told.seenBy(eve, 'action')).toMatchObject([
      { kind: 'approval-asked', needsAction: true, verbs: ['approve', 'reject', 'open'], target: { reservationId: id, step: 1 } },
    ]);
    expect(told.sink.received.map((it) => it.to[0]).sort()).toEqual([eve, bob].map((it) => `${it.accountId}@acme.example`).sort());
    expect(told.sink.received[0]?.text).toMatch(/https:\/\/berth\.example\/act#/);

    const outbox = silentOutbox();
    const queries = new ApprovalQueries(db.database, on.queries, on.clock);
    const respond = new Respond(db.database, queries, new Settle(outbox), outbox, on.clock);
    await respond.execute(bob, { id, decision: 'approve', message: null, suggestion: null });
    await told.told();

    expect(await told.seenBy(eve, 'action')).toEqual([]);
    expect(await told.seenBy(eve)).toMatchObject([{ kind: 'approval-asked', needsAction: false, verbs: ['open'] }]);
    expect(await told.seenBy(ada)).toMatchObject([{ kind: 'approval-decided', facts: { decision: 'approved' } }]);
  });

  it('tells those who manage where nobody was named', async () => {
    const [ada, boss] = [await given.aPerson(), await given.aPerson('admin')];
    const lab = await given.aResource({ policy: { approval: { mode: 'required', deadline: 'P2D', approvers: [] } } });
    await on.book.execute(ada, wish(lab));
    await told.told();

    expect(await told.seenBy(boss, 'action')).toMatchObject([{ kind: 'approval-asked' }]);
  });

  it('tells a series as one thing, and one of its dates as the date it is', async () => {
    const [ada, admin, room] = [await given.aPerson(), await given.aPerson('admin'), await given.aResource({ name: 'Noether' })];
    await on.series.book.execute(admin, {
      wish: { ...wish(room), title: 'Daily', timeZone: 'UTC', onBehalfOf: ada.accountId },
      rrule: 'FREQ=DAILY;COUNT=5',
      exdates: [],
      rdates: [],
      onConflict: 'skip',
      resolutions: [],
    } as unknown as Parameters<typeof on.series.book.execute>[1]);
    await told.told();

    expect(await told.seenBy(ada)).toMatchObject([{ kind: 'booking-confirmed', subject: { kind: 'series' }, facts: { occurrences: 5 } }]);
  });

  it('keeps a private title from everybody but whose booking it is', async () => {
    const [ada, eve] = [await given.aPerson(), await given.aPerson()];
    const lab = await given.aResource({
      policy: { approval: { mode: 'required', deadline: 'P2D', approvers: [{ kind: 'user', id: eve.accountId }] } },
    });
    await on.book.execute(ada, wish(lab, undefined, { title: 'Secret plan', private: true }));
    await told.told();

    expect(JSON.stringify(await told.seenBy(eve))).not.toContain('Secret plan');
    expect(told.sink.received.map((it) => it.source).join()).not.toContain('Secret plan');
  });

  it('writes in the language, the zone and the clock of the reader', async () => {
    const [ada, room] = [await given.aPerson(), await given.aResource({ name: 'Turing' })];
    await db.asOwner(`update account set preferences = '{"language": "de", "timeZone": "Asia/Tokyo", "hourCycle": "h23"}' where id = $1`, [
      ada.accountId,
    ]);
    await on.book.execute(ada, wish(room));
    await told.told();

    expect(told.sink.received[0]?.headers['content-language']).toBe('de');
    expect(told.sink.received[0]?.text).toContain('Das ist für Sie gebucht.');
    expect(told.sink.received[0]?.text).toContain('18:00');
  });
});

import { type DomainEvent, webhookDisabledEvent } from '@berth/contracts';
import { newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { silentOutbox, useDatabase } from '@berth/platform/testing';
import { ReportProvisioning } from '@berth/reservations';
import { at, from, reservationsGiven } from '@berth/reservations/testing';
import { notificationsOn } from '../testing';

const db = useDatabase();
const given = reservationsGiven(db);
const told = notificationsOn(db);
const { on, list } = told;
const outbox = silentOutbox();
const wish = (resource: { id: string }) => ({ resourceIds: [resource.id], quantity: 1, ...from('12:00').to('13:00') });
const append = (event: DomainEvent<string, object>): Promise<void> =>
  db.database.systemTransaction((tx) => outbox.append(tx, { organizationId: db.organizationId, accountId: null, requestId: null }, event));
/** What has happened since the last time is told, and handed over again. */
async function heard(): Promise<void> {
  const [reader] = await db.asOwner<{ position: string }>(`select position from event_reader where name = 'notifications'`);
  await told.told();
  await db.asOwner(`update event_reader set position = $1 where name = 'notifications'`, [reader?.position]);
  await told.told();
}
const kindsOf = async (person: Actor): Promise<string[]> => (await told.seenBy(person)).map((it) => it.kind);
const lettersTo = (person: Actor, about: string): number =>
  told.sink.received.filter((it) => it.to[0] === `${person.accountId}@acme.example` && it.text.includes(about)).length;

describe('News reaches', () => {
  const disabled = (responsibleId: string | null) =>
    webhookDisabledEvent({ id: newId(), name: 'Badges', host: 'badges.example', reason: 'failing', responsibleId });

  it('of a webhook that was switched off who answers for it, and nobody else', async () => {
    const [owner, admin, user] = [await given.aPerson('admin'), await given.aPerson('admin'), await given.aPerson()];
    await append(disabled(owner.accountId));
    await heard();

    expect(await told.seenBy(owner)).toMatchObject([{ kind: 'webhook-disabled', facts: { name: 'Badges', reason: 'failing' } }]);
    expect(lettersTo(owner, 'It did not answer for too long')).toBe(1);
    expect([await kindsOf(admin), await kindsOf(user)]).toEqual([[], []]);
  });

  it.each(['gone', 'suspended'])('of a webhook whose owner is %s those who look after webhooks', async (became) => {
    const [owner, admin, user] = [await given.aPerson('admin'), await given.aPerson('admin'), await given.aPerson()];
    await db.asOwner(`update account set status = 'suspended' where id = $1`, [owner.accountId]);
    await append(disabled(became === 'gone' ? null : owner.accountId));
    await heard();

    expect([await kindsOf(admin), await kindsOf(user)]).toEqual([['webhook-disabled'], []]);
    expect(lettersTo(admin, 'It did not answer for too long')).toBe(1);
  });

  it('of an offer and of its end the one who waits, and of the next offer the next', async () => {
    const [owner, ada, grace, room] = [await given.aPerson(), await given.aPerson(), await given.aPerson(), await given.aResource()];
    const booked = await on.book.execute(owner, wish(room));
    const waits = { resourceIds: [room.id], ...from('12:00').to('13:00'), flexMinutes: 0, quantity: 1, autoAccept: false, priority: 0 };
    for (const it of [ada, grace]) await list.join.execute(it, waits);
    const worker = list.worker();
    await worker.round();
    await on.cancel.execute(owner, { id: booked.id, undoSeconds: 0 });
    await worker.round();
    await heard();
    expect([await kindsOf(ada), await kindsOf(grace), await kindsOf(owner)]).toEqual([['waitlist-offered'], [], []]);

    on.clock.set(at('08:31'));
    await worker.round();
    await heard();

    expect([await kindsOf(ada), await kindsOf(grace)]).toEqual([['waitlist-expired', 'waitlist-offered'], ['waitlist-offered']]);
    expect((await told.seenBy(ada, 'action')).length).toBe(0);
    expect([ada, grace, owner].map((it) => lettersTo(it, 'is kept for you until'))).toEqual([1, 1, 0]);
    expect([ada, grace, owner].map((it) => lettersTo(it, 'Your place on the waitlist has ended'))).toEqual([1, 0, 0]);
  });

  it('of what came of setting up access whose booking it is', async () => {
    const [ada, grace, admin, room] = [await given.aPerson(), await given.aPerson(), await given.aPerson('admin'), await given.aResource()];
    const { id } = await on.book.execute(ada, wish(room));
    const report = { organizationId: db.organizationId, reservationId: id, webhookId: newId() };
    const reporting = new ReportProvisioning(outbox, on.clock);
    await db.database.systemTransaction((tx) => reporting.execute(tx, { ...report, outcome: 'failed', message: 'No key left' }));
    await heard();

    expect(await told.seenBy(ada)).toMatchObject([{ kind: 'provisioning', facts: { outcome: 'failed', message: 'No key left' } }]);
    expect([await kindsOf(grace), await kindsOf(admin)]).toEqual([[], []]);
    expect(lettersTo(ada, 'Your access could not be set up')).toBe(1);
  });
});

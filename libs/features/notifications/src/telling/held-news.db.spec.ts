import { useDatabase } from '@berth/platform/testing';
import { at, from, reservationsGiven } from '@berth/reservations/testing';
import { notificationsOn } from '../testing';

const db = useDatabase();
const given = reservationsGiven(db);
const told = notificationsOn(db);
const { on } = told;
const UNDO_SECONDS = 8;

describe('A cancellation that can be taken back', () => {
  const later = (seconds: number): void => on.clock.set(new Date(at('08:00').getTime() + seconds * 1000));
  const letters = () => told.sink.received.map((it) => `${it.to[0]?.split('@')[0]} ${/method=(\w+)/.exec(it.source)?.[1] ?? 'none'}`);
  async function cancelled() {
    const [ada, admin, room] = [await given.aPerson(), await given.aPerson('admin'), await given.aResource()];
    const { id } = await on.book.execute(ada, { resourceIds: [room.id], quantity: 1, ...from('12:00').to('13:00') });
    await told.told();
    told.sink.received.length = 0;
    await on.cancel.execute(admin, { id, reason: 'Floor wet', undoSeconds: UNDO_SECONDS });
    await told.told();
    return { ada, admin, id };
  }

  it('is told in every way when nobody can any more, and once', async () => {
    const { ada, id } = await cancelled();
    expect([letters(), await told.seenBy(ada)]).toEqual([[], []]);
    later(UNDO_SECONDS - 1);
    await told.told();
    expect([letters(), await told.seenBy(ada)]).toEqual([[], []]);

    later(UNDO_SECONDS);
    await on.sweeper.sweep();
    await Promise.all([told.told(), told.told()]);
    await db.asOwner(`update event_reader set position = 0 where name = 'notifications'`);
    await told.told();

    expect(letters()).toEqual([`${ada.accountId} CANCEL`]);
    expect(await told.seenBy(ada)).toMatchObject([
      { kind: 'booking-cancelled', target: { reservationId: id }, facts: { reason: 'Floor wet' } },
    ]);
    expect(await db.asOwner('select from held_news')).toEqual([]);
  });

  it('is told to nobody where it was taken back, and neither is that', async () => {
    const { ada, admin, id } = await cancelled();
    await on.restore.execute(admin, id);
    await told.told();
    later(60);
    await told.told();

    expect([letters(), await told.seenBy(ada)]).toEqual([[], []]);
    expect(await db.asOwner('select from held_news')).toEqual([]);
  });

  it('is told once where it was taken back and then meant', async () => {
    const { ada, admin, id } = await cancelled();
    await on.restore.execute(admin, id);
    await on.cancel.execute(admin, { id, reason: 'Wet indeed', undoSeconds: 0 });
    await told.told();
    later(60);
    await told.told();

    expect(letters()).toEqual([`${ada.accountId} CANCEL`]);
    expect(await told.seenBy(ada)).toMatchObject([{ facts: { reason: 'Wet indeed' } }]);
  });

  it('is told as standing again to who was told of it in the last instant', async () => {
    const { ada, admin, id } = await cancelled();
    later(UNDO_SECONDS);
    await told.told();
    later(UNDO_SECONDS - 1);
    await on.restore.execute(admin, id);
    await told.told();

    expect(letters()).toEqual([`${ada.accountId} CANCEL`, `${ada.accountId} REQUEST`]);
    expect((await told.seenBy(ada)).map((it) => it.kind).sort()).toEqual(['booking-cancelled', 'booking-confirmed']);
  });

  it('takes the question from those who were asked to decide, and asks them again', async () => {
    const [ada, eve] = [await given.aPerson(), await given.aPerson()];
    const approval = { mode: 'required' as const, deadline: 'P2D', approvers: [{ kind: 'user' as const, id: eve.accountId }] };
    const lab = await given.aResource({ policy: { approval } });
    const { id } = await on.book.execute(ada, { resourceIds: [lab.id], quantity: 1, ...from('12:00').to('13:00') });
    await told.told();
    await on.cancel.execute(ada, { id, undoSeconds: UNDO_SECONDS });
    await told.told();
    expect(await told.seenBy(eve, 'action')).toEqual([]);

    await on.restore.execute(ada, id);
    await told.told();

    expect(await told.seenBy(eve, 'action')).toMatchObject([
      { kind: 'approval-asked', verbs: ['approve', 'reject', 'open'], actedAt: null },
    ]);
    await told.part().respond.execute(eve, { id, decision: 'approve', message: null, suggestion: null });
    await told.told();
    expect(await told.seenBy(eve, 'action')).toEqual([]);
  });
});

import { useDatabase } from '@berth/platform/testing';
import { at, from, reservationsGiven } from '@berth/reservations/testing';
import { notificationsOn } from '../testing';

const db = useDatabase();
const given = reservationsGiven(db);
const told = notificationsOn(db);
const { on } = told;
const wish = (resource: { id: string }, when = from('12:00').to('13:00')) => ({ resourceIds: [resource.id], quantity: 1, ...when });
const kindsSeen = async (actor: Parameters<typeof told.seenBy>[0]): Promise<string[]> => (await told.seenBy(actor)).map((it) => it.kind);

describe('What is due before a reservation begins or ends', () => {
  const look = async (time: string): Promise<void> => {
    on.clock.set(at(time));
    await told.part().notices.run();
    await told.told();
  };

  it('is told once, at its time, with a letter that can give the booking back', async () => {
    const [ada, room] = [await given.aPerson(), await given.aResource()];
    await on.book.execute(ada, wish(room));
    await told.told();

    await look('11:44');
    expect(await kindsSeen(ada)).toEqual([]);
    await look('11:45');
    await look('11:46');

    expect(await told.seenBy(ada)).toMatchObject([{ kind: 'reminder', facts: { leadMinutes: 15 }, needsAction: false }]);
    const reminders = told.sink.received.filter((it) => it.text.includes('begins soon'));
    expect(reminders).toHaveLength(1);
    expect(reminders[0]?.text).toContain('Cancel the booking:');
  });

  it('comes late after an outage, and not at all once it has begun', async () => {
    const [ada, room, other] = [await given.aPerson(), await given.aResource(), await given.aResource()];
    await on.book.execute(ada, wish(room));
    await on.book.execute(ada, wish(other, from('10:00').to('10:30')));
    await told.told();

    await look('11:55');

    expect(await kindsSeen(ada)).toEqual(['reminder']);
  });

  it('follows a reservation that is moved, and goes with one that is given back', async () => {
    const [ada, room, other] = [await given.aPerson(), await given.aResource(), await given.aResource()];
    const moved = await on.book.execute(ada, wish(room));
    const gone = await on.book.execute(ada, wish(other));
    await told.told();
    await on.move.execute(ada, { id: moved.id, start: at('15:00'), end: at('16:00') });
    await on.cancel.execute(ada, { id: gone.id, undoSeconds: 0 });
    await told.told();

    await look('11:50');
    expect(await kindsSeen(ada)).toEqual([]);
    await look('14:50');
    expect(await told.seenBy(ada)).toMatchObject([{ kind: 'reminder', target: { reservationId: moved.id } }]);
  });

  it('is not told in place of a move that nobody has heard of yet', async () => {
    const [ada, room] = [await given.aPerson(), await given.aResource()];
    const { id } = await on.book.execute(ada, wish(room));
    await told.told();
    await on.move.execute(ada, { id, start: at('15:00'), end: at('16:00') });
    on.clock.set(at('11:50'));

    await told.part().notices.run();

    expect(await kindsSeen(ada)).toEqual([]);
    await told.told();
    await look('14:45');
    expect(await kindsSeen(ada)).toEqual(['reminder']);
  });

  it('comes as long before as each person chose, also for what was booked already', async () => {
    const [ada, room] = [await given.aPerson(), await given.aResource()];
    await on.book.execute(ada, wish(room));
    await told.told();
    await told.prefer(ada, { reminderLeadMinutes: [120, 5] });

    await look('10:00');
    await look('11:45');
    await look('11:55');

    expect((await told.seenBy(ada)).map((it) => it.facts.leadMinutes)).toEqual([5, 120]);
  });

  it('offers more time where it is free, and says only when it ends where it is not', async () => {
    const [ada, eve] = [await given.aPerson(), await given.aPerson()];
    const [free, taken] = [await given.aResource(), await given.aResource()];
    const longer = await on.book.execute(ada, wish(free));
    await on.book.execute(eve, wish(taken));
    await on.book.execute(ada, wish(taken, from('13:00').to('14:00')));
    await told.told();
    await on.lifecycle.run();

    await look('12:45');

    const [notice] = (await told.seenBy(ada, 'action')).filter((it) => it.target.reservationId === longer.id);
    expect(notice).toMatchObject({ kind: 'ending-soon', verbs: ['extend', 'open'], facts: { extendTo: '2026-12-07T13:30:00Z' } });
    expect(await told.seenBy(eve)).toMatchObject([{ kind: 'ending-soon', verbs: ['open'], needsAction: false }]);

    await on.move.execute(ada, { id: longer.id, end: at('13:30') });
    await told.told();
    expect((await told.seenBy(ada, 'action')).map((it) => it.id)).not.toContain(notice?.id);
  });
});

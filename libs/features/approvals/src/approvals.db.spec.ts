import type { Actor } from '@berth/platform/auth';
import { silentOutbox, silentSchedule, useDatabase } from '@berth/platform/testing';
import { Settle } from '@berth/reservations';
import { at, from, reservationsGiven, reservationsOn } from '@berth/reservations/testing';
import type { ApprovalDocument } from '@berth/scheduling';
import { ApprovalQueries } from './approvals.queries';
import { Deadlines } from './deadlines.worker';
import { Delegate } from './delegate';
import { Respond } from './respond';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);
const list = { limit: 50 } as Parameters<ApprovalQueries['pending']>[1];

/** The real use cases on the real database. */
function approvals() {
  const outbox = silentOutbox();
  const queries = new ApprovalQueries(db.database, on.queries, on.clock);
  const settle = new Settle(outbox);
  return {
    queries,
    respond: new Respond(db.database, queries, settle, outbox, on.clock),
    delegate: new Delegate(db.database, queries, outbox, on.clock),
    deadlines: () => new Deadlines(db.database, settle, on.clock, silentSchedule()),
  };
}
const user = (person: Actor) => ({ kind: 'user' as const, id: person.accountId });
const yes = (id: string, more: object = {}) => ({ id, decision: 'approve' as const, message: null, suggestion: null, ...more });
/** The person with the role of approver for one room more. */
const approverAt = (person: Actor, { id: resourceId }: { id: string }): Actor => ({
  ...person,
  grants: [
    ...person.grants,
    {
      assignmentId: resourceId,
      role: { id: 'approver', name: null },
      groupId: null,
      permissions: new Set(['approval:manage' as const]),
      siteId: null,
      resourceId,
      until: null,
    },
  ],
});
const no = (id: string, more: object = {}) => ({ ...yes(id, more), decision: 'reject' as const });
const room = (approval: Partial<ApprovalDocument> & { mode?: ApprovalDocument['mode'] }, more: object = {}) =>
  given.aResource({ policy: { approval: { mode: 'required', deadline: 'P2D', approvers: [], ...approval } }, ...more });
const wish = (resource: { id: string }, when = from('09:00').to('10:00')) => ({ resourceIds: [resource.id], quantity: 1, ...when });

describe('Approvals', () => {
  beforeEach(() => on.clock.set(at('08:00')));

  it('ask the people named, hold the time meanwhile, and confirm with one word', async () => {
    const [ada, eve, bob] = [await given.aPerson(), await given.aPerson(), await given.aPerson()];
    const lab = await room({ approvers: [user(eve)] });
    const booked = await on.book.execute(ada, wish(lab));
    const { queries, respond } = approvals();

    expect(booked.status).toBe('pending');
    await expect(on.book.execute(bob, wish(lab))).rejects.toMatchObject({ code: 'reservation-conflict' });
    expect((await queries.pending(bob, list)).data).toEqual([]);
    expect(await queries.pending(eve, list)).toMatchObject({
      total: 1,
      data: [
        {
          status: 'waiting',
          dueAt: '2026-12-07T10:00:00Z',
          mayRespond: true,
          reservation: { id: booked.id, organizer: { id: ada.accountId } },
        },
      ],
    });
    await expect(respond.execute(bob, yes(booked.id))).rejects.toMatchObject({ code: 'not-found' });
    await expect(respond.execute(ada, yes(booked.id))).rejects.toMatchObject({ code: 'permission-denied' });

    expect(await respond.execute(eve, yes(booked.id, { message: 'Enjoy' }))).toMatchObject({
      status: 'approved',
      decidedBy: { id: eve.accountId },
      message: 'Enjoy',
      mayRespond: false,
    });
    expect(await on.queries.one(ada, booked.id)).toMatchObject({ status: 'confirmed', resources: [{ partstat: 'ACCEPTED' }] });
    expect(await given.eventsOf(booked)).toEqual(['reservation.created', 'reservation.approval_requested', 'reservation.approved']);
    expect(await given.occupancyOf(lab)).toHaveLength(1);
  });

  it('give the time back when they are declined, and say which time would do', async () => {
    const [ada, boss] = [await given.aPerson(), await given.aPerson('admin')];
    const lab = await room({});
    const booked = await on.book.execute(ada, wish(lab));
    const suggestion = { start: at('12:00'), end: at('13:00') };

    await approvals().respond.execute(boss, no(booked.id, { message: 'Cleaning', suggestion }));

    expect(await on.queries.one(ada, booked.id)).toMatchObject({ status: 'rejected' });
    expect(await approvals().queries.one(ada, booked.id)).toMatchObject({
      status: 'rejected',
      message: 'Cleaning',
      suggestion: { start: '2026-12-07T12:00:00Z', end: '2026-12-07T13:00:00Z' },
    });
    expect(await given.occupancyOf(lab)).toEqual([]);
    expect((await on.book.execute(await given.aPerson(), wish(lab))).status).toBe('pending');
  });

  it('are answered by who approves for every room they are of, and seen by nobody who approves elsewhere', async () => {
    const [lab, studio] = [await room({}), await room({})];
    const here = approverAt(await given.aPerson(), lab);
    const both = await on.book.execute(await given.aPerson(), { ...wish(lab), resourceIds: [lab.id, studio.id] });
    const { queries, respond } = approvals();

    expect((await queries.pending(here, list)).data).toEqual([]);
    await expect(queries.one(here, both.id)).rejects.toMatchObject({ code: 'not-found' });
    await expect(respond.execute(here, yes(both.id))).rejects.toMatchObject({ code: 'not-found' });
    await expect(respond.execute(approverAt(await given.aPerson(), studio), yes(both.id))).rejects.toMatchObject({ code: 'not-found' });

    const one = await on.book.execute(await given.aPerson(), wish(lab, from('11:00').to('12:00')));
    expect((await queries.pending(here, list)).data).toMatchObject([{ reservation: { id: one.id }, mayRespond: true }]);
    expect(await respond.execute(here, yes(one.id))).toMatchObject({ status: 'approved', decidedBy: { id: here.accountId } });
    expect(await respond.execute(approverAt(here, studio), yes(both.id))).toMatchObject({ status: 'approved' });
  });

  it('have one winner when two answer at once', async () => {
    const [eve, boss] = [await given.aPerson(), await given.aPerson('admin')];
    const lab = await room({ approvers: [user(eve)] });

    for (let round = 0; round < 5; round++) {
      const booked = await on.book.execute(
        await given.aPerson(),
        wish(lab, { start: at('09:00', 8 + round), end: at('10:00', 8 + round) }),
      );
      const { respond, queries } = approvals();
      const outcomes = await Promise.allSettled([respond.execute(eve, yes(booked.id)), respond.execute(boss, no(booked.id))]);

      expect(outcomes.map((it) => it.status).sort()).toEqual(['fulfilled', 'rejected']);
      const loser = outcomes.find((it) => it.status === 'rejected') as PromiseRejectedResult;
      expect(loser.reason).toMatchObject({ code: 'invalid-state' });
      const { status } = await on.queries.one(boss, booked.id);
      expect((await queries.one(boss, booked.id)).status).toBe(status === 'confirmed' ? 'approved' : 'rejected');
    }
  });

  it('are for the version somebody saw', async () => {
    const boss = await given.aPerson('admin');
    const booked = await on.book.execute(await given.aPerson(), wish(await room({})));

    await expect(approvals().respond.execute(boss, yes(booked.id, { ifMatch: 7 }))).rejects.toMatchObject({ code: 'precondition-failed' });
    expect(await approvals().respond.execute(boss, yes(booked.id, { ifMatch: 1 }))).toMatchObject({ status: 'approved' });
  });

  it('go through every step in turn', async () => {
    const [ada, first, second] = [await given.aPerson(), await given.aPerson(), await given.aPerson()];
    const lab = await room({ approvers: [user(first)], then: [[user(second)]] });
    const booked = await on.book.execute(ada, wish(lab));
    const { respond, queries } = approvals();

    await expect(respond.execute(second, yes(booked.id))).rejects.toMatchObject({ code: 'permission-denied' });
    expect(await respond.execute(first, yes(booked.id))).toMatchObject({ status: 'waiting', step: 2, steps: 2 });
    expect((await queries.pending(first, list)).total).toBe(0);
    expect((await on.queries.one(ada, booked.id)).status).toBe('pending');
    expect(await respond.execute(second, yes(booked.id))).toMatchObject({ status: 'approved' });
  });

  it('are handed on to somebody who decides instead', async () => {
    const [eve, deputy, guest] = [await given.aPerson(), await given.aPerson(), await given.aPerson('guest')];
    const booked = await on.book.execute(await given.aPerson(), wish(await room({ approvers: [user(eve)] })));
    const { delegate, respond, queries } = approvals();

    await expect(delegate.execute(eve, { id: booked.id, to: guest.accountId, message: null })).rejects.toMatchObject({
      code: 'invalid-reference',
    });
    await expect(delegate.execute(deputy, { id: booked.id, to: deputy.accountId, message: null })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(await delegate.execute(eve, { id: booked.id, to: deputy.accountId, message: 'On leave' })).toMatchObject({
      asked: [
        { id: eve.accountId, answer: 'delegate', message: 'On leave' },
        { id: deputy.accountId, answer: null, delegatedBy: { id: eve.accountId } },
      ],
    });

    await expect(respond.execute(eve, yes(booked.id))).rejects.toMatchObject({ code: 'permission-denied' });
    expect((await queries.pending(deputy, list)).total).toBe(1);
    expect(await respond.execute(deputy, yes(booked.id))).toMatchObject({ status: 'approved', decidedBy: { id: deputy.accountId } });
  });

  it('are declined when nobody decides in time, once, however many workers there are', async () => {
    const [ada, boss] = [await given.aPerson(), await given.aPerson('admin')];
    const lab = await room({ deadline: 'PT1H' });
    const booked = await on.book.execute(ada, wish(lab, from('14:00').to('15:00')));
    on.clock.set(at('08:59'));
    expect(await approvals().deadlines().declineDue()).toBe(0);
    on.clock.set(at('09:00'));

    await expect(approvals().respond.execute(boss, yes(booked.id))).rejects.toMatchObject({
      code: 'invalid-state',
      extensions: { state: 'expired' },
    });
    const declined = await Promise.all(Array.from({ length: 4 }, () => approvals().deadlines().declineDue()));

    expect(declined.reduce((sum, it) => sum + it, 0)).toBe(1);
    expect(await given.eventsOf(booked)).toEqual(['reservation.created', 'reservation.approval_requested', 'reservation.expired']);
    expect(await on.queries.one(ada, booked.id)).toMatchObject({ status: 'rejected' });
    expect(await approvals().queries.one(ada, booked.id)).toMatchObject({ status: 'expired', decidedBy: null });
    expect(await given.occupancyOf(lab)).toEqual([]);
    await expect(approvals().respond.execute(boss, yes(booked.id))).rejects.toMatchObject({ code: 'invalid-state' });
  });

  it('end with a cancellation and come back when it is undone', async () => {
    const [ada, boss] = [await given.aPerson(), await given.aPerson('admin')];
    const booked = await on.book.execute(ada, wish(await room({})));
    await on.cancel.execute(ada, { id: booked.id, undoSeconds: 8 });

    await expect(approvals().respond.execute(boss, yes(booked.id))).rejects.toMatchObject({
      code: 'invalid-state',
      extensions: { state: 'withdrawn' },
    });
    expect((await on.restore.execute(ada, booked.id)).status).toBe('pending');
    expect(await approvals().respond.execute(boss, yes(booked.id))).toMatchObject({ status: 'approved' });
  });

  it('are asked for anew when approved time becomes other time, and not when it becomes less', async () => {
    const [ada, boss] = [await given.aPerson(), await given.aPerson('admin')];
    const lab = await room({});
    const booked = await on.book.execute(ada, wish(lab, from('09:00').to('11:00')));
    const first = await approvals().queries.one(boss, booked.id);
    await approvals().respond.execute(boss, yes(booked.id));

    expect(await on.move.execute(ada, { id: booked.id, start: at('09:00'), end: at('10:00') })).toMatchObject({ status: 'confirmed' });
    expect(await on.move.execute(ada, { id: booked.id, start: at('13:00') })).toMatchObject({ status: 'pending' });
    await expect(approvals().respond.execute(boss, no(first.id))).rejects.toMatchObject({
      code: 'invalid-state',
      extensions: { state: 'approved' },
    });
    expect((await approvals().queries.one(boss, booked.id)).id).not.toBe(first.id);
    expect(await approvals().respond.execute(boss, yes(booked.id))).toMatchObject({ status: 'approved' });
  });

  it('are needed no more when it moves to where nobody asks', async () => {
    const [ada, boss] = [await given.aPerson(), await given.aPerson('admin')];
    const booked = await on.book.execute(ada, wish(await room({})));
    const open = await given.aResource();

    expect(await on.move.execute(ada, { id: booked.id, resourceId: open.id })).toMatchObject({ status: 'confirmed' });
    expect(await approvals().queries.one(boss, booked.id)).toMatchObject({ status: 'withdrawn' });
    const other = await given.aPerson();
    const moved = await on.book.execute(other, wish(open, from('15:00').to('16:00')));
    expect(await on.move.execute(other, { id: moved.id, resourceId: (await room({})).id })).toMatchObject({ status: 'pending' });
  });

  it('cannot be asked for while it runs', async () => {
    const [ada, boss] = [await given.aPerson(), await given.aPerson('admin')];
    const booked = await on.book.execute(ada, wish(await room({})));
    await approvals().respond.execute(boss, yes(booked.id));
    on.clock.set(at('09:30'));

    await expect(on.move.execute(ada, { id: booked.id, start: at('09:00'), end: at('11:00') })).rejects.toMatchObject({
      code: 'policy-violation',
      extensions: { policy: { rule: 'approval' } },
    });
    await expect(on.transfer.execute(ada, { id: booked.id, to: boss.accountId })).rejects.toMatchObject({ code: 'policy-violation' });
    expect(await on.move.execute(ada, { id: booked.id, start: at('09:00'), end: at('09:45') })).toMatchObject({ status: 'confirmed' });
  });

  it('are asked for what is long, or outside of business hours, where only that needs them', async () => {
    const ada = await given.aPerson();
    const hours = { days: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, intervals: [{ opens: '08:00', closes: '18:00' }] })) };
    const lab = await room({ mode: 'requiredFor', requiredFor: { longerThan: 'PT2H', outOfHours: true } }, { hours, timeZone: 'UTC' });

    expect((await on.book.execute(ada, wish(lab, from('09:00').to('11:00')))).status).toBe('confirmed');
    expect((await on.book.execute(ada, wish(lab, from('11:00').to('13:15')))).status).toBe('pending');
    expect((await on.book.execute(ada, wish(lab, from('17:30').to('19:00')))).status).toBe('pending');
  });

  it('for a reservation of several resources ask everybody each of them names', async () => {
    const [eve, bob] = [await given.aPerson(), await given.aPerson()];
    const [a, b] = [await room({ approvers: [user(eve)] }), await room({ approvers: [user(bob)], deadline: 'PT1H' })];
    const booked = await on.book.execute(await given.aPerson(), { ...wish(a), resourceIds: [a.id, b.id] });

    const request = await approvals().queries.one(eve, booked.id);

    expect(request).toMatchObject({ steps: 2, dueAt: '2026-12-07T09:00:00Z' });
    expect(request.asked.map((it) => it.id).sort()).toEqual([eve.accountId, bob.accountId].sort());
  });

  it('are asked for each occurrence of a series', async () => {
    const eve = await given.aPerson();
    const lab = await room({ approvers: [user(eve)] });
    const series = { wish: wish(lab), rrule: 'FREQ=WEEKLY;COUNT=3', exdates: [], rdates: [], onConflict: 'fail', resolutions: [] } as const;

    const { occurrences } = await on.series.book.execute(await given.aPerson(), series);

    expect(occurrences.map((it) => it.status)).toEqual(['pending', 'pending', 'pending']);
    expect((await approvals().queries.pending(eve, list)).data.map((it) => it.reservationId).sort()).toEqual(
      occurrences.map((it) => it.id).sort(),
    );
    expect(await approvals().respond.execute(eve, yes(occurrences[1]?.id ?? ''))).toMatchObject({ status: 'approved' });
  });
});

describe('Transfer', () => {
  beforeEach(() => on.clock.set(at('08:00')));

  it('hands a reservation over, by its owner or who manages, to somebody who may book', async () => {
    const [ada, bob, guest, boss] = [
      await given.aPerson(),
      await given.aPerson(),
      await given.aPerson('guest'),
      await given.aPerson('admin'),
    ];
    const booked = await on.book.execute(ada, wish(await given.aResource()));

    await expect(on.transfer.execute(bob, { id: booked.id, to: bob.accountId })).rejects.toMatchObject({ code: 'permission-denied' });
    await expect(on.transfer.execute(ada, { id: booked.id, to: guest.accountId })).rejects.toMatchObject({ code: 'invalid-reference' });
    expect(await on.transfer.execute(ada, { id: booked.id, to: bob.accountId })).toMatchObject({
      organizer: { id: bob.accountId },
      mine: false,
      status: 'confirmed',
    });
    await expect(on.transfer.execute(ada, { id: booked.id, to: ada.accountId })).rejects.toMatchObject({ code: 'permission-denied' });
    expect(await on.transfer.execute(boss, { id: booked.id, to: ada.accountId })).toMatchObject({ organizer: { id: ada.accountId } });
    expect(await given.eventsOf(booked)).toEqual(['reservation.created', 'reservation.transferred', 'reservation.transferred']);
  });

  it('counts the limits of who gets it, also when two arrive at once', async () => {
    const type = await given.aType({ policy: { maxConcurrentPerPerson: 1 } });
    const people = await Promise.all(Array.from({ length: 4 }, () => given.aPerson()));
    const receiver = await given.aPerson();
    const rooms = await Promise.all(people.map(() => given.aResource({ type })));
    const booked = await Promise.all(people.map((it, i) => on.book.execute(it, wish(rooms[i]!))));

    const outcomes = await Promise.allSettled(
      booked.map((it, i) => on.transfer.execute(people[i]!, { id: it.id, to: receiver.accountId })),
    );

    expect(outcomes.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
    for (const it of outcomes) if (it.status === 'rejected') expect(it.reason).toMatchObject({ code: 'policy-violation' });
  });

  it('of what somebody agreed to asks for approval again', async () => {
    const [ada, bob, boss] = [await given.aPerson(), await given.aPerson(), await given.aPerson('admin')];
    const booked = await on.book.execute(ada, wish(await room({})));
    await approvals().respond.execute(boss, yes(booked.id));

    expect(await on.transfer.execute(ada, { id: booked.id, to: bob.accountId })).toMatchObject({ status: 'pending' });
    expect(await approvals().respond.execute(boss, yes(booked.id))).toMatchObject({
      status: 'approved',
      reservation: { organizer: { id: bob.accountId } },
    });
  });
});

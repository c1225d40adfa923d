import { newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { silentOutbox, useDatabase } from '@berth/platform/testing';
import { Settle } from '@berth/reservations';
import { at, from, reservationsGiven, reservationsOn } from '@berth/reservations/testing';
import { AnswerQuestion } from './answer-question';
import { ApprovalQueries } from './approvals.queries';
import { Ask } from './ask';
import { BackgroundQueries } from './background.queries';
import { Respond } from './respond';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);

/** The real use cases on the real database. */
function approvals() {
  const outbox = silentOutbox();
  const queries = new ApprovalQueries(db.database, on.queries, on.clock);
  return {
    queries,
    respond: new Respond(db.database, queries, new Settle(outbox), outbox, on.clock),
    ask: new Ask(db.database, queries, outbox, on.clock),
    answer: new AnswerQuestion(db.database, queries, outbox, on.clock),
    background: new BackgroundQueries(db.database, queries, on.clock),
  };
}
const lab = (approver: Actor) =>
  given.aResource({
    policy: { approval: { mode: 'required', deadline: 'P2D', approvers: [{ kind: 'user', id: approver.accountId }] } },
  });
const wish = (resource: { id: string }, when = from('09:00').to('10:00'), title?: string) => ({
  resourceIds: [resource.id],
  quantity: 1,
  title,
  ...when,
});
const waits = (actor: Actor, resource: { id: string }, { start, end } = from('09:00').to('10:00')) =>
  db.database.transaction(actor, (tx) =>
    on.waiting.join(tx, actor, [
      {
        id: newId(),
        org_id: actor.organizationId,
        account_id: actor.accountId,
        resource_id: resource.id,
        with_resource_ids: [],
        criteria: null,
        starts_at: start,
        ends_at: end,
        time_zone: 'UTC',
        flex_minutes: 0,
        quantity: 1,
        auto_accept: false,
        title: null,
        custom_fields: {},
        priority: 0,
        occurrence_id: null,
        created_at: on.clock.now(),
      },
    ]),
  );

describe('Before a request is decided', () => {
  beforeEach(() => on.clock.set(at('08:00')));

  it('who decides asks, who waits answers, and neither changes what is decided about', async () => {
    const [ada, eve] = [await given.aPerson(), await given.aPerson()];
    const booked = await on.book.execute(ada, wish(await lab(eve)));
    const { ask, answer, queries, respond } = approvals();
    const { version, dueAt } = await queries.one(eve, booked.id);

    await ask.execute(eve, { id: booked.id, question: 'With how many?' });
    await ask.execute(eve, { id: booked.id, question: 'And who cleans up?' });
    expect(await answer.execute(ada, { id: booked.id, answer: 'With four.' })).toMatchObject({
      status: 'waiting',
      version,
      dueAt,
      questions: [
        { question: 'With how many?', askedBy: { id: eve.accountId }, answer: 'With four.', answeredBy: { id: ada.accountId } },
        { question: 'And who cleans up?', answer: null, answeredBy: null },
      ],
    });
    expect(
      await respond.execute(eve, { id: booked.id, decision: 'approve', message: null, suggestion: null, ifMatch: version }),
    ).toMatchObject({ status: 'approved' });
    expect((await given.eventsOf(booked)).slice(2, 5)).toEqual([
      'reservation.question_asked',
      'reservation.question_asked',
      'reservation.question_answered',
    ]);
  });

  it('nobody else asks or answers, and nobody answers what is not asked or decided already', async () => {
    const [ada, eve, bob] = [await given.aPerson(), await given.aPerson(), await given.aPerson()];
    const { id } = await on.book.execute(ada, wish(await lab(eve)));
    const { ask, answer, respond } = approvals();

    await expect(ask.execute(bob, { id, question: 'Why?' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(ask.execute(ada, { id, question: 'Why?' })).rejects.toMatchObject({ code: 'permission-denied' });
    await expect(answer.execute(ada, { id, answer: 'So.' })).rejects.toMatchObject({ code: 'invalid-state' });
    await ask.execute(eve, { id, question: 'Why?' });
    await expect(answer.execute(bob, { id, answer: 'So.' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(answer.execute(eve, { id, answer: 'So.' })).rejects.toMatchObject({ code: 'permission-denied' });
    await respond.execute(eve, { id, decision: 'reject', message: null, suggestion: null });
    await expect(answer.execute(ada, { id, answer: 'So.' })).rejects.toMatchObject({ code: 'invalid-state' });
    await expect(ask.execute(eve, { id, question: 'Why?' })).rejects.toMatchObject({ code: 'invalid-state' });
  });

  it('who decides sees what the same person had there, and who else waits for the time', async () => {
    const [ada, eve, grace, bob] = [await given.aPerson(), await given.aPerson(), await given.aPerson(), await given.aPerson()];
    const [room, elsewhere] = [await lab(eve), await given.aResource()];
    const { respond, background } = approvals();
    const earlier = async (day: number, decision: 'approve' | 'reject', title: string): Promise<void> => {
      const { id } = await on.book.execute(ada, wish(room, from('09:00', day).to('11:00'), title));
      await respond.execute(eve, { id, decision, message: null, suggestion: null });
    };
    await earlier(8, 'approve', 'Sample 41');
    await earlier(9, 'reject', 'Sample 42');
    await on.book.execute(ada, wish(elsewhere, from('12:00').to('18:00')));
    const { id } = await on.book.execute(ada, wish(room));
    await waits(grace, room);
    await waits(bob, room, from('09:30').to('12:00'));
    await waits(bob, room, from('10:00').to('12:00'));

    const { record, earlier: past, rivals, moreRivals } = await background.of(eve, id);

    expect(record).toEqual({ minutesInMonth: 120, approved: 1, rejected: 1, noShows: 0 });
    expect(past.map((it) => [it.title, it.status, it.decidedBy?.id]).toSorted()).toEqual([
      ['Sample 41', 'approved', eve.accountId],
      ['Sample 42', 'rejected', eve.accountId],
    ]);
    expect(rivals.map((it) => it.person.id)).toEqual([grace.accountId, bob.accountId]);
    expect(moreRivals).toBe(0);
    await expect(background.of(ada, id)).rejects.toMatchObject({ code: 'permission-denied' });
    await expect(background.of(bob, id)).rejects.toMatchObject({ code: 'not-found' });
  });
});

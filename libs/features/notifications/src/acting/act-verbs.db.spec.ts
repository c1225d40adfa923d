import type { Actor } from '@berth/platform/auth';
import { useDatabase } from '@berth/platform/testing';
import { at, from, reservationsGiven } from '@berth/reservations/testing';
import { links, notificationsOn } from '../testing';
import { ActController } from './act.controller';
import { Unsubscribe } from './unsubscribe';

const db = useDatabase();
const given = reservationsGiven(db);
const told = notificationsOn(db);
const { on, list } = told;

/** A letter somebody got, with what its link does and what becomes of the thing meanwhile. */
interface Scene {
  readonly person: Actor;
  readonly link: string;
  readonly state: () => Promise<unknown>;
  readonly before: unknown;
  readonly done: unknown;
  /** Somebody does something else with it first; the thing is then `moved`. */
  readonly moveOn: () => Promise<unknown>;
  readonly moved: unknown;
  readonly why: object;
}

const wish = (resource: { id: string }, when = from('12:00').to('13:00')) => ({ resourceIds: [resource.id], quantity: 1, ...when });
const linkOf = (person: Actor, label: string): string => {
  const pattern = new RegExp(`^${label}:\\r?\\nhttps://berth\\.example/act#(\\S+)$`, 'm');
  const mine = told.sink.received.filter((it) => it.to[0] === `${person.accountId}@acme.example`);
  return mine.map((it) => pattern.exec(it.text)?.[1]).findLast((it) => it !== undefined) ?? '';
};
const reservation = async (id: string) => {
  const [row] = await db.asOwner<{ status: string; ends_at: Date }>('select status, ends_at from reservation where id = $1', [id]);
  return row;
};
const statusOf = (id: string) => async () => (await reservation(id))?.status;
const entryOf = (id: string) => async () =>
  (await db.asOwner<{ status: string }>('select status from waitlist_entry where id = $1', [id]))[0]?.status;

async function asked(label: 'Approve' | 'Decline'): Promise<Scene> {
  const [ada, eve] = [await given.aPerson(), await given.aPerson()];
  const approval = { mode: 'required' as const, deadline: 'P2D', approvers: [{ kind: 'user' as const, id: eve.accountId }] };
  const { id } = await on.book.execute(ada, wish(await given.aResource({ policy: { approval } })));
  await told.told();
  const isApproval = label === 'Approve';
  const decide = () => told.part().respond.execute(eve, { id, decision: 'approve', message: null, suggestion: null });
  return {
    ...{ person: eve, link: linkOf(eve, label), state: statusOf(id), before: 'pending', done: isApproval ? 'confirmed' : 'rejected' },
    moveOn: () => (isApproval ? on.cancel.execute(ada, { id, undoSeconds: 0 }) : decide()),
    moved: isApproval ? 'cancelled' : 'confirmed',
    why: { code: 'invalid-state' },
  };
}

async function offered(label: 'Take it' | 'Let it go'): Promise<Scene> {
  const [owner, ada, room] = [await given.aPerson(), await given.aPerson(), await given.aResource()];
  const booked = await on.book.execute(owner, wish(room));
  const waits = { ...from('12:00').to('13:00'), flexMinutes: 0, quantity: 1, autoAccept: false, priority: 0 };
  const { id } = await list.join.execute(ada, { resourceIds: [room.id], ...waits });
  const worker = list.worker();
  await worker.round();
  await on.cancel.execute(owner, { id: booked.id, undoSeconds: 0 });
  await worker.round();
  await told.told();
  const isAcceptance = label === 'Take it';
  return {
    ...{ person: ada, link: linkOf(ada, label), state: entryOf(id), before: 'offered', done: isAcceptance ? 'accepted' : 'declined' },
    moveOn: () => (isAcceptance ? list.answer.decline(ada, id) : list.answer.accept(ada, id)),
    moved: isAcceptance ? 'declined' : 'accepted',
    why: { code: 'invalid-state', extensions: { state: isAcceptance ? 'declined' : 'accepted' } },
  };
}

async function begun(): Promise<Scene> {
  const ada = await given.aPerson();
  await told.prefer(ada, { preset: 'everything' });
  const checkIn = { mode: 'required' as const, before: 'PT15M', after: 'PT15M' };
  const { id } = await on.book.execute(ada, wish(await given.aResource({ policy: { checkIn } })));
  on.clock.set(at('12:00'));
  await on.lifecycle.run();
  await told.told();
  return {
    ...{ person: ada, link: linkOf(ada, 'Check in'), state: statusOf(id), before: 'confirmed', done: 'checked_in' },
    moveOn: () => on.cancel.execute(ada, { id, undoSeconds: 0 }),
    moved: 'cancelled',
    why: { code: 'invalid-state', extensions: { state: 'cancelled' } },
  };
}

async function ending(): Promise<Scene> {
  const ada = await given.aPerson();
  await told.prefer(ada, { preset: 'everything' });
  const { id } = await on.book.execute(ada, wish(await given.aResource()));
  await told.told();
  on.clock.set(at('12:00'));
  await on.lifecycle.run();
  on.clock.set(at('12:45'));
  await told.part().notices.run();
  await told.told();
  return {
    ...{ person: ada, link: linkOf(ada, 'Extend'), state: async () => (await reservation(id))?.ends_at },
    ...{ before: at('13:00'), done: at('13:30') },
    moveOn: () => on.move.execute(ada, { id, end: at('14:00') }),
    moved: at('14:00'),
    why: { code: 'invalid-state' },
  };
}

async function confirmed(): Promise<Scene> {
  const [ada, grace] = [await given.aPerson(), await given.aPerson()];
  const { id } = await on.book.execute(ada, wish(await given.aResource()));
  await told.told();
  return {
    ...{ person: ada, link: linkOf(ada, 'Cancel the booking'), state: statusOf(id), before: 'confirmed', done: 'cancelled' },
    moveOn: () => on.transfer.execute(ada, { id, to: grace.accountId }),
    moved: 'confirmed',
    why: { code: 'permission-denied' },
  };
}

const scenes: Readonly<Record<string, () => Promise<Scene>>> = {
  'approves a request': () => asked('Approve'),
  'rejects a request': () => asked('Decline'),
  'takes an offer': () => offered('Take it'),
  'lets an offer go': () => offered('Let it go'),
  'checks in': begun,
  'extends what ends soon': ending,
  'cancels a booking': confirmed,
};

describe('A link of a letter that', () => {
  describe.each(Object.keys(scenes))('%s', (name) => {
    const begin = (): Promise<Scene> => scenes[name]!();

    it('does it once, whoever sends it at once', async () => {
      const { link, state, before, done } = await begin();
      const { act } = told.part();
      expect(await state()).toEqual(before);

      const outcomes = await Promise.allSettled(Array.from({ length: 3 }, () => act.execute(link)));

      expect(outcomes.map((it) => it.status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
      expect(await state()).toEqual(done);
      await expect(act.execute(link)).rejects.toMatchObject({ code: 'link-invalid' });
    });

    it('changes nothing while it is only looked at', async () => {
      const { link, state, before } = await begin();
      const everything = () =>
        db.asOwner(
          `select (select count(*) from event) as events, (select count(*) from acted_link) as used, (select count(*) from mail) as mails`,
        );
      const earlier = await everything();
      const { act, actions } = told.part();
      const controller = new ActController(act, actions, {} as Unsubscribe, links);

      for (let look = 0; look < 2; look++) expect(await controller.inspect({ token: link })).toMatchObject({ isDone: false });
      expect(controller.askToUnsubscribe({ token: link })).toEqual({ url: `https://berth.example/act#${link}`, statusCode: 303 });

      expect([await state(), await everything()]).toEqual([before, earlier]);
    });

    it('is worth nothing when it has run out', async () => {
      const { link, state, before } = await begin();
      on.clock.set(at('08:00', 20));

      await expect(told.part().act.execute(link)).rejects.toMatchObject({ code: 'link-invalid' });
      await expect(told.part().act.inspect(link)).rejects.toMatchObject({ code: 'link-invalid' });
      expect(await state()).toEqual(before);
    });

    it('gives nobody else the right to it', async () => {
      const { link, state, before } = await begin();
      const { act, actions } = told.part();
      const { verb, kind, target, expiresAt } = actions.read(link)!;
      const mallory = await given.aPerson();
      const facts = { extendTo: '2026-12-07T13:30:00Z' };
      const forged = actions.to({ ...mallory, kind, target, facts }, verb, expiresAt).split('#')[1] ?? '';

      await expect(act.execute(forged)).rejects.toMatchObject({ code: expect.stringMatching(/^(permission-denied|not-found)$/) as string });
      expect(await state()).toEqual(before);
    });

    it('says why not when things have moved on, and changes nothing of that', async () => {
      const { link, state, moveOn, moved, why } = await begin();
      await moveOn();
      expect(await state()).toEqual(moved);

      await expect(told.part().act.execute(link)).rejects.toMatchObject(why);
      await expect(told.part().act.execute(link)).rejects.toMatchObject(why);
      expect(await state()).toEqual(moved);
    });
  });

  it('cancels a booking says that it is done where it was cancelled already', async () => {
    const { link, person } = await confirmed();
    const { reservationId = '' } = told.part().actions.read(link)!.target;
    await on.cancel.execute(person, { id: reservationId, undoSeconds: 0 });

    expect(await told.part().act.inspect(link)).toMatchObject({ isDone: true });
  });
});

import { Suspension } from '@berth/people';
import { type AccessTokens, Sessions } from '@berth/platform/auth';
import { newId } from '@berth/kernel';
import { Secrets } from '@berth/platform/runtime';
import { silentOutbox, useDatabase } from '@berth/platform/testing';
import { at, from, reservationsGiven, reservationsOn } from '../testing';
import { FutureQueries } from './future.queries';
import { LetGo } from './let-go';
import { SuspendPerson } from './suspend-person';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);

/** The use case, with a session store that knows this process. */
function leaving() {
  const { database } = db;
  const sessions = new Sessions(database, {} as AccessTokens, silentOutbox(), new Secrets(Buffer.alloc(32)), on.clock);
  const suspension = new Suspension(sessions, silentOutbox(), on.clock);
  const suspend = new SuspendPerson(
    database,
    suspension,
    new LetGo(database, new FutureQueries(database), on.cancel, on.series.cancel, on.transfer, on.assignments.handOver, on.clock),
  );
  return { sessions, suspension, suspend };
}

async function aSession(accountId: string): Promise<string> {
  const id = newId();
  await db.asOwner(
    `insert into session (id, org_id, account_id, token_hash, created_at, expires_at) values ($1, $2, $3, 'x', $4, $4::timestamptz + interval '1 day')`,
    [id, db.organizationId, accountId, on.clock.now()],
  );
  return id;
}
const statusOf = async (accountId: string): Promise<string | undefined> =>
  (await db.asOwner<{ status: string }>('select status from account where id = $1', [accountId]))[0]?.status;

describe('Suspending a person', () => {
  beforeEach(() => on.clock.set(at('08:00')));

  it('hands over what is their own with what they booked of it, or makes it everybody’s', async () => {
    const { suspend } = leaving();
    const [admin, ada, bob] = [await given.aPerson('admin'), await given.aPerson(), await given.aPerson()];
    const desk = await given.aResource();
    await given.anAssignment({ resource: desk, person: ada });
    const booked = await on.book.execute(ada, { resourceIds: [desk.id], quantity: 1, ...from('09:00').to('10:00') });

    const gone = await suspend.execute(admin, { id: ada.accountId, reservations: 'transfer', to: bob.accountId });
    expect(gone.reservations).toMatchObject([{ id: booked.id, outcome: 'transferred' }]);
    expect(await on.assignments.queries.of(bob, desk.id)).toMatchObject({ mine: true });

    await suspend.execute(admin, { id: bob.accountId, reservations: 'cancel' });
    expect(await on.assignments.queries.of(admin, desk.id)).toBeNull();
  });

  it('ends their sessions, and keeps what they booked where that is chosen', async () => {
    const { suspend, sessions } = leaving();
    const [admin, ada, room] = [await given.aPerson('admin'), await given.aPerson(), await given.aResource()];
    const booked = await on.book.execute(ada, { resourceIds: [room.id], quantity: 1, ...from('09:00').to('10:00') });
    const session = await aSession(ada.accountId);
    expect(await sessions.principal(session)).toMatchObject({ accountId: ada.accountId });

    const outcome = await suspend.execute(admin, { id: ada.accountId, reservations: 'keep' });

    expect(outcome).toMatchObject({ total: 1, reservations: [{ id: booked.id, outcome: 'kept' }] });
    expect([await statusOf(ada.accountId), await sessions.principal(session)]).toEqual(['suspended', undefined]);
    expect(await on.queries.one(admin, booked.id)).toMatchObject({ status: 'confirmed' });
  });

  it('shows first what there is to decide about, and changes nothing', async () => {
    const { suspend } = leaving();
    const [admin, ada, room] = [await given.aPerson('admin'), await given.aPerson(), await given.aResource()];
    await on.book.execute(ada, { resourceIds: [room.id], quantity: 1, ...from('09:00').to('10:00') });

    expect(await suspend.tryOut(admin, { id: ada.accountId, reservations: 'cancel' })).toMatchObject({
      total: 1,
      reservations: [{ outcome: 'cancelled', resources: [room.name] }],
    });
    expect(await statusOf(ada.accountId)).toBe('active');
  });

  it('cancels what is ahead with the reason, and leaves alone what is over', async () => {
    const { suspend } = leaving();
    const [admin, ada, room] = [await given.aPerson('admin'), await given.aPerson(), await given.aResource()];
    const wish = (start: string, end: string) => ({ resourceIds: [room.id], quantity: 1, ...from(start).to(end) });
    const over = await on.book.execute(ada, wish('09:00', '10:00'));
    const ahead = await on.book.execute(ada, wish('15:00', '16:00'));
    on.clock.set(at('12:00'));

    const outcome = await suspend.execute(admin, { id: ada.accountId, reservations: 'cancel', reason: 'Left us' });

    expect(outcome.reservations.map((it) => [it.id, it.outcome])).toEqual([[ahead.id, 'cancelled']]);
    expect(await on.queries.one(admin, ahead.id)).toMatchObject({ status: 'cancelled', cancelReason: 'Left us' });
    expect((await on.queries.one(admin, over.id)).status).not.toBe('cancelled');
  });

  it('hands what is ahead over to somebody who may have it, and says what had to stay', async () => {
    const { suspend } = leaving();
    const [admin, ada, grace, room] = [await given.aPerson('admin'), await given.aPerson(), await given.aPerson(), await given.aResource()];
    const booked = await on.book.execute(ada, { resourceIds: [room.id], quantity: 1, ...from('09:00').to('10:00') });

    const outcome = await suspend.execute(admin, { id: ada.accountId, reservations: 'transfer', to: grace.accountId });

    expect(outcome).toMatchObject({ reservations: [{ id: booked.id, outcome: 'transferred', detail: null }] });
    expect(await on.queries.one(admin, booked.id)).toMatchObject({ organizer: { id: grace.accountId } });
  });

  it('refuses a receiver who is nobody, a guest or the person themselves, before anything is done', async () => {
    const { suspend } = leaving();
    const [admin, ada, guest] = [await given.aPerson('admin'), await given.aPerson(), await given.aPerson('guest')];

    for (const to of [undefined, newId(), guest.accountId, ada.accountId])
      await expect(suspend.execute(admin, { id: ada.accountId, reservations: 'transfer', to })).rejects.toMatchObject({
        code: 'invalid-reference',
      });
    await expect(suspend.execute(admin, { id: newId(), reservations: 'keep' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(suspend.execute(admin, { id: admin.accountId, reservations: 'keep' })).rejects.toMatchObject({
      code: 'permission-denied',
    });
    expect(await statusOf(ada.accountId)).toBe('active');
  });

  it('may be done again, and taken back', async () => {
    const { suspend, suspension } = leaving();
    const [admin, ada] = [await given.aPerson('admin'), await given.aPerson()];

    for (let i = 0; i < 2; i++) await suspend.execute(admin, { id: ada.accountId, reservations: 'keep' });
    await db.database.transaction(admin, (tx) => suspension.end(tx, admin, ada.accountId));

    expect(await statusOf(ada.accountId)).toBe('active');
    const events = await db.asOwner<{ type: string }>(
      `select type from event where subject_id = $1 and type like 'user.%' order by position`,
      [ada.accountId],
    );
    expect(events.map((it) => it.type)).toEqual(['user.suspended', 'user.reactivated']);
  });
});

import { useDatabase, workOff } from '@berth/platform/testing';
import { at, from, reservationsGiven } from '@berth/reservations/testing';
import { notificationsOn } from '../testing';
import { usualPreferences } from './preferences';

const db = useDatabase();
const given = reservationsGiven(db);
const told = notificationsOn(db);
const { on } = told;
const wish = (resource: { id: string }, when = from('12:00').to('13:00')) => ({ resourceIds: [resource.id], quantity: 1, ...when });

describe('How people are told', () => {
  it('follows what they chose for each kind', async () => {
    const [ada, admin] = [await given.aPerson(), await given.aPerson('admin')];
    const nothing = { inApp: false, email: false, push: false };
    await told.prefer(ada, { preset: 'own', matrix: { 'booking-changed': nothing, 'booking-confirmed': nothing } });
    const { id } = await on.book.execute(ada, wish(await given.aResource()));
    await on.move.execute(admin, { id, start: at('14:00'), end: at('15:00') });
    await on.cancel.execute(admin, { id, undoSeconds: 0 });
    await told.told();

    expect((await told.seenBy(ada)).map((it) => it.kind)).toEqual(['booking-cancelled']);
    expect(told.sink.received).toHaveLength(1);
  });

  it('lets letters wait for the end of quiet hours, but for what is about security', async () => {
    const ada = await given.aPerson();
    await told.prefer(ada, { quietHours: { from: '07:00', to: '09:30', timeZone: 'UTC' } });
    await on.book.execute(ada, wish(await given.aResource()));
    await db.database.systemTransaction((tx) =>
      tx.sql`insert into event (id, org_id, type, subject_kind, subject_id, actor_id, data)
             values (gen_random_uuid(), ${db.organizationId}, 'api_token.created', 'tokens', gen_random_uuid(), ${ada.accountId}, ${JSON.stringify({ id: ada.accountId, name: 'CI' })}::jsonb)`.then(
        () => undefined,
      ),
    );
    await told.told();
    expect(told.sink.received.map((it) => it.text.split(/\r?\n/)[0])).toEqual(['Programs can act in your name with it.']);
    expect(await told.seenBy(ada)).toMatchObject([{ kind: 'security', facts: { change: 'api_token.created', name: 'CI' } }]);

    on.clock.set(at('09:30'));
    await workOff(told.part().postman);
    expect(told.sink.received).toHaveLength(2);
  });

  it('puts what has time into one letter at the time of the digest', async () => {
    const [ada, admin] = [await given.aPerson(), await given.aPerson('admin')];
    await told.prefer(ada, { digest: 'daily', digestAt: '17:00' });
    const { id } = await on.book.execute(ada, wish(await given.aResource(), from('12:00', 9).to('13:00')));
    await told.told();
    told.sink.received.length = 0;
    for (const reason of ['first', 'second']) {
      const facts = {
        reservationId: id,
        resourceIds: [],
        siteIds: [],
        organizerId: ada.accountId,
        start: '2026-12-09T12:00:00Z',
        end: '2026-12-09T13:00:00Z',
        version: 1,
        status: 'confirmed',
        reason,
      };
      await db.asOwner(
        `insert into event (id, org_id, type, subject_kind, subject_id, actor_id, data) values (gen_random_uuid(), $1, 'reservation.affected', 'reservations', $2, $3, $4)`,
        [db.organizationId, id, admin.accountId, JSON.stringify(facts)],
      );
    }
    await told.told();
    expect(told.sink.received).toEqual([]);

    on.clock.set(at('16:00'));
    expect(await told.part().digests.run()).toBe(1);
    expect(await told.part().digests.run()).toBe(0);
    await workOff(told.part().postman);
    expect(told.sink.received).toHaveLength(1);
    expect(told.sink.received[0]?.text).toContain('This is what happened since the last time.');
  });

  it('is shown with its version, and refuses a change of what it is not any more', async () => {
    const ada = await given.aPerson();
    expect(await told.part().preferences.own(ada)).toEqual({ ...usualPreferences, version: 0 });

    const chosen = await told.prefer(ada, { preset: 'everything' });
    expect(chosen).toMatchObject({ preset: 'everything', version: 1, matrix: { 'job-ended': { inApp: true, email: true, push: true } } });
    const { matrix: _, ...usual } = usualPreferences;
    await expect(told.part().prefer.execute({ ...ada, requestId: 'x' }, usual, 0)).rejects.toMatchObject({ code: 'precondition-failed' });
  });
});

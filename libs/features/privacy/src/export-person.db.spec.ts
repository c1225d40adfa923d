import { newId } from '@berth/kernel';
import { silentOutbox, silentQueue, silentSchedule, useDatabase, workOff } from '@berth/platform/testing';
import { from, reservationsGiven, reservationsOn } from '@berth/reservations/testing';
import { ExportPerson } from './export-person';
import { ExportQueries } from './export.queries';
import { ExportWorker } from './export.worker';
import { ExportsQueries } from './exports.queries';
import { Retention } from './retention.worker';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);

const exportPerson = () => new ExportPerson(db.database, silentOutbox(), on.clock);
const worker = () => new ExportWorker(db.database, new ExportQueries(on.clock), silentOutbox(), on.clock, silentQueue());
const exports = () => new ExportsQueries(db.database, on.clock);
const retention = () => new Retention(db.database, on.clock, silentSchedule());
const hours = (n: number) => on.clock.set(new Date(on.clock.now().getTime() + n * 3_600_000));

describe('The export of a person', () => {
  it('has what they booked and what was booked for them, and nothing of anybody else', async () => {
    const [ada, grace, room] = [await given.aPerson(), await given.aPerson(), await given.aResource()];
    const wish = (title: string, start: string, end: string) => ({ resourceIds: [room.id], quantity: 1, title, ...from(start).to(end) });
    await on.book.execute(ada, wish('Canary of Ada', '09:00', '10:00'));
    await on.book.execute(grace, wish('Canary of Grace', '10:00', '11:00'));

    const job = await exportPerson().execute(ada, ada.accountId);
    expect(await exports().own(ada)).toMatchObject([{ id: job.id, state: 'queued', availableUntil: null }]);
    await expect(exports().file(ada, job.id)).rejects.toMatchObject({ code: 'not-found' });
    expect(await workOff(worker())).toBe(1);

    const found = await exports().file(ada, job.id);
    expect(found.account).toMatchObject({ id: ada.accountId });
    expect(found.data['reservations']).toMatchObject([{ title: 'Canary of Ada', resources: [room.name] }]);
    expect(found.activity).toContainEqual(expect.objectContaining({ type: 'reservation.created' }));
    expect(found.shortened).toEqual([]);
    expect(JSON.stringify(found)).not.toContain('Canary of Grace');
  });

  it('has no secret in it, and leaves a trace', async () => {
    const ada = await given.aPerson();
    await db.asOwner(`update account set password_hash = 'canary-hash' where id = $1`, [ada.accountId]);
    await db.asOwner(
      `insert into session (id, org_id, account_id, token_hash, created_at, expires_at, user_agent)
       values (gen_random_uuid(), $1, $2, 'canary-token', now(), now() + interval '1 day', 'Firefox')`,
      [db.organizationId, ada.accountId],
    );
    const { id } = await exportPerson().execute(ada, ada.accountId);
    await workOff(worker());

    const text = JSON.stringify(await exports().file(ada, id));
    expect(text).toContain('Firefox');
    expect(text).not.toMatch(/canary-hash|canary-token|\\\\x|_hash|_sealed/);
    expect(await db.asOwner(`select from event where type = 'user.exported' and subject_id = $1`, [ada.accountId])).toHaveLength(1);
  });

  it('is for who asked, is refused to who may do less, and is forgotten after a day', async () => {
    const [ada, grace, admin] = [await given.aPerson(), await given.aPerson(), await given.aPerson('admin')];
    await expect(exportPerson().execute(grace, admin.accountId)).rejects.toMatchObject({ code: 'permission-denied' });
    await expect(exportPerson().execute(admin, newId())).rejects.toMatchObject({ code: 'not-found' });
    const { id } = await exportPerson().execute(admin, ada.accountId);
    await workOff(worker());

    expect(await exports().file(admin, id)).toMatchObject({ account: { id: ada.accountId } });
    await expect(exports().file(ada, id)).rejects.toMatchObject({ code: 'not-found' });
    hours(25);
    await expect(exports().file(admin, id)).rejects.toMatchObject({ code: 'not-found' });
    await retention().forget();
    expect(await db.asOwner(`select from job where id = $1`, [id])).toEqual([]);
  });
});

describe('What is of no more use', () => {
  it('is deleted, and nothing else', async () => {
    const { accountId } = await given.aPerson();
    const [old, young] = [newId(), newId()];
    const now = on.clock.now();
    for (const [id, days] of [
      [old, 200],
      [young, 1],
    ] as const) {
      const then = new Date(now.getTime() - days * 86_400_000);
      await db.asOwner(
        `with link as (insert into account_link (id, org_id, purpose, account_id, token_hash, created_at, expires_at) values ($1, $2, 'password-reset', $3, 'x', $4, $4)),
              work as (insert into job (id, org_id, account_id, kind, request, done, total, state, created_at, ended_at) values ($1, $2, $3, 'import', '{}', 1, 1, 'done', $4, $4))
         insert into mail (id, org_id, account_id, kind, state, next_try_at, useful_until, created_at, ended_at) values ($1, $2, $3, 'x', 'sent', $4, $4, $4, $4)`,
        [id, db.organizationId, accountId, then],
      );
    }
    // A letter that still waits is not old, whatever the clock says.
    await db.asOwner(
      `insert into mail (id, org_id, account_id, kind, letter_sealed, next_try_at, useful_until, created_at) values (gen_random_uuid(), $1, $2, 'x', 'x', $3, $3, $3)`,
      [db.organizationId, accountId, new Date(now.getTime() - 200 * 86_400_000)],
    );

    expect(await retention().forget()).toBe(3);
    for (const table of ['account_link', 'job', 'mail'])
      expect(await db.asOwner(`select from ${table} where id = $1`, [young])).toHaveLength(1);
    expect(await db.asOwner(`select from mail where account_id = $1`, [accountId])).toHaveLength(2);
  });
});

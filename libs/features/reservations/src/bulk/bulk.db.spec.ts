import type { Actor } from '@berth/platform/auth';
import { useDatabase } from '@berth/platform/testing';
import { at, reservationsGiven, reservationsOn } from '../testing';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);
const item = (resource: { id: string }, start: string, end: string, more: object = {}) => ({
  resourceId: resource.id,
  title: 'Course',
  start: at(start).toISOString(),
  end: at(end).toISOString(),
  ...more,
});
async function book(actor: Actor, mode: 'atomic' | 'bestEffort', items: readonly unknown[]) {
  const answer = await on.bulk.book.execute(actor, { mode, items, language: 'en', patience: Infinity });
  if ('state' in answer) throw new Error('was handed to a job');
  return answer;
}
const withKey = (actor: Actor, key: string): Actor => ({
  ...actor,
  idempotency: { key, fingerprint: Buffer.from(key), replayed: false, claimed: false },
});
const ids = (outcome: { results: readonly { data?: { id: string } }[] }) => outcome.results.map((it) => it.data?.id);

beforeEach(() => on.clock.set(at('08:00')));

describe('Booking many, all or none', () => {
  it('books all of them and tells of each', async () => {
    const [one, other] = [await given.aResource(), await given.aResource({ units: 2 })];
    const ada = await given.aPerson();

    const done = await book(ada, 'atomic', [
      item(other, '09:00', '10:00'),
      item(other, '09:00', '10:00'),
      item(one, '09:00', '10:00'),
      item(one, '10:00', '11:00'),
    ]);

    expect(done.summary).toEqual({ total: 4, succeeded: 4, failed: 0 });
    expect(await given.occupancyOf(one)).toEqual(['1 07 09:00–07 10:00', '1 07 10:00–07 11:00']);
    expect(await given.occupancyOf(other)).toHaveLength(2);
    expect(await given.eventsOf({ id: ids(done)[3]! })).toEqual(['reservation.created']);
  });

  it('books none when one is taken, and points at it', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    await book(await given.aPerson(), 'atomic', [item(resource, '10:00', '11:00')]);

    const all = book(ada, 'atomic', [item(resource, '09:00', '10:00'), item(resource, '10:30', '11:30')]);

    await expect(all).rejects.toMatchObject({
      code: 'reservation-conflict',
      extensions: { errors: [{ pointer: '/items/1', code: 'reservation-conflict' }], conflicts: [{ reason: 'overlap' }] },
    });
    expect(await given.occupancyOf(resource)).toHaveLength(1);
  });

  it('books none when two of them meet', async () => {
    const resource = await given.aResource();

    const all = book(await given.aPerson(), 'atomic', [item(resource, '09:00', '10:00'), item(resource, '09:30', '10:30')]);

    await expect(all).rejects.toMatchObject({
      code: 'reservation-conflict',
      extensions: { errors: [{ pointer: '/items/1' }], items: [{ index: 1 }] },
    });
    expect(await given.occupancyOf(resource)).toEqual([]);
  });

  it('books none when they break a limit only together', async () => {
    const resource = await given.aResource({ policy: { maxPerWeekPerPerson: 'PT2H' } });

    const all = book(await given.aPerson(), 'atomic', [item(resource, '09:00', '11:00'), item(resource, '12:00', '13:00')]);

    await expect(all).rejects.toMatchObject({ code: 'policy-violation', extensions: { errors: [{ pointer: '/items/1' }] } });
    expect(await given.occupancyOf(resource)).toEqual([]);
  });

  it('says everything that cannot be read at once', async () => {
    const resource = await given.aResource();

    const all = book(await given.aPerson(), 'atomic', [item(resource, '09:00', '10:00', { colour: 'red' }), { title: 'x' }]);

    await expect(all).rejects.toMatchObject({ code: 'validation-failed' });
    const error = (await all.catch((it: unknown) => it)) as { extensions: { errors: { pointer: string }[] } };
    expect(error.extensions.errors.map((it) => it.pointer)).toEqual(expect.arrayContaining(['/items/0/colour', '/items/1/start']));
  });

  it('is done once under one key', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();

    const first = await book(withKey(ada, 'atomic-1'), 'atomic', [item(resource, '09:00', '10:00')]);
    const again = await book(withKey(ada, 'atomic-1'), 'atomic', [item(resource, '09:00', '10:00')]);

    expect(ids(again)).toEqual(ids(first));
    expect(await given.occupancyOf(resource)).toHaveLength(1);
  });
});

describe('Booking many, each by itself', () => {
  it('books what can be booked and answers the rest as the single route would', async () => {
    const resource = await given.aResource({ policy: { maxDuration: 'PT1H' } });

    const done = await book(await given.aPerson(), 'bestEffort', [
      item(resource, '09:00', '10:00'),
      item(resource, '09:30', '10:30'),
      item(resource, '11:00', '13:00'),
      { resourceId: 'nothing' },
    ]);

    expect(done.results.map((it) => it.status)).toEqual([201, 409, 422, 400]);
    expect(done.results[1]?.problem).toMatchObject({ code: 'reservation-conflict', conflicts: [{ reason: 'overlap' }] });
    expect(done.results[2]?.problem).toMatchObject({ policy: { rule: 'max-duration' } });
    expect(done.summary).toEqual({ total: 4, succeeded: 1, failed: 3 });
  });

  it('goes on where it was torn off, and does nothing twice', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const items = [item(resource, '09:00', '10:00'), item(resource, '10:00', '11:00')];
    const whole = await book(withKey(ada, 'torn'), 'bestEffort', items);
    // As if the process had died before it kept the answer: the items are booked, the whole is not known.
    await db.asOwner(`delete from idempotency where account_id = $1 and key = 'torn'`, [ada.accountId]);

    const again = await book(withKey(ada, 'torn'), 'bestEffort', items);

    expect(ids(again)).toEqual(ids(whole));
    expect(await given.occupancyOf(resource)).toHaveLength(2);
  });
});

describe('Trying many', () => {
  it('says what booking would answer, together, and changes nothing', async () => {
    const pool = await given.aResource({ units: 2 });
    const ada = await given.aPerson();
    const items = [item(pool, '09:00', '10:00'), item(pool, '09:00', '10:00'), item(pool, '09:00', '10:00')];

    const tried = await on.bulk.try.execute(withKey(ada, 'tried'), items, 'en');

    expect(tried.results.map((it) => it.status)).toEqual([201, 201, 409]);
    expect(await given.occupancyOf(pool)).toEqual([]);
    expect((await book(ada, 'bestEffort', items)).results.map((it) => it.status)).toEqual([201, 201, 409]);
  });
});

describe('Cancelling many', () => {
  const cancel = (actor: Actor, more: object) =>
    on.bulk.cancel.execute(actor, { mode: 'bestEffort', which: { ids: [] }, undoSeconds: 0, dryRun: false, language: 'en', ...more });

  it('cancels what begins in a span of time, after saying which that is', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const booked = ids(
      await book(ada, 'atomic', [item(resource, '09:00', '10:00'), item(resource, '10:00', '11:00'), item(resource, '12:00', '13:00')]),
    );
    await book(await given.aPerson(), 'atomic', [item(resource, '11:00', '12:00')]);
    const which = { filter: { from: at('09:30'), to: at('13:00'), organizer: 'me' } };

    const preview = await cancel(ada, { which, dryRun: true });
    expect(ids(preview)).toEqual(booked.slice(1));
    expect(await given.occupancyOf(resource)).toHaveLength(4);

    expect(ids(await cancel(ada, { which }))).toEqual(booked.slice(1));
    expect(await given.occupancyOf(resource)).toEqual(['1 07 09:00–07 10:00', '1 07 11:00–07 12:00']);
    expect(await given.eventsOf({ id: booked[1]! })).toEqual(['reservation.created', 'reservation.cancelled']);
  });

  it('cancels none when one is somebody else’s, and points at it', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const [own] = ids(await book(ada, 'atomic', [item(resource, '09:00', '10:00')]));
    const [foreign] = ids(await book(await given.aPerson(), 'atomic', [item(resource, '10:00', '11:00')]));

    const all = cancel(ada, { which: { ids: [own, foreign] }, mode: 'atomic' });

    await expect(all).rejects.toMatchObject({ code: 'permission-denied', extensions: { errors: [{ pointer: '/ids/1' }] } });
    expect(await given.occupancyOf(resource)).toHaveLength(2);
    const each = await cancel(ada, { which: { ids: [own, foreign] } });
    expect(each.results.map((it) => it.status)).toEqual([200, 403]);
    expect(await given.occupancyOf(resource)).toHaveLength(1);
  });
});

describe('Exporting', () => {
  it('writes every page once, and no cell a spreadsheet would run', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const [first] = ids(
      await book(ada, 'atomic', [
        item(resource, '09:00', '10:00', { title: '=1+1' }),
        item(resource, '10:00', '11:00', { title: 'a "b", c' }),
      ]),
    );

    let text = '';
    for await (const chunk of on.bulk.export.execute(ada, { organizer: 'me', sort: 'start' })) text += chunk;

    const lines = text.trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/^id,status,title,resource,/);
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain(",'=1+1,");
    expect(lines[2]).toContain(',"a ""b"", c",');
    let one = '';
    for await (const chunk of on.bulk.export.execute(ada, { id: [first!], sort: 'start' })) one += chunk;
    expect(one.trimEnd().split('\r\n')).toEqual(lines.slice(0, 2));
  });
});

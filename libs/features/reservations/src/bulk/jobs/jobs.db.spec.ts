import type { Actor } from '@berth/platform/auth';
import { useDatabase, workOff } from '@berth/platform/testing';
import { at, reservationsGiven, reservationsOn } from '../../testing';
import type { Reservation } from '../../reservation';
import type { BulkOutcome } from '../bulk-outcome';
import type { ReservationImport } from '../import/import-report';
import type { Job } from './job';
import { takeJob } from './job.store';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);

beforeEach(() => on.clock.set(at('08:00')));

/** A day of hours of one resource, as items. */
const hours = (resource: { id: string }, many: number) =>
  Array.from({ length: many }, (_, i) => ({
    resourceId: resource.id,
    start: new Date(at('09:00').getTime() + i * 3_600_000).toISOString(),
    end: new Date(at('10:00').getTime() + i * 3_600_000).toISOString(),
  }));

/** Work that is handed to a job at once. */
async function aJob(actor: Actor, items: readonly unknown[]): Promise<Job> {
  return handedOver(await on.bulk.book.execute(actor, { mode: 'bestEffort', items, language: 'en', patience: 0 }));
}

/** The import of a calendar of hours and a series, one of them where something is taken. */
async function anImport(actor: Actor, resource: { id: string }): Promise<Job> {
  const event = (uid: string, start: string, end: string, ...more: string[]) => [
    ...['BEGIN:VEVENT', `UID:${uid}`, `DTSTART:20261207T${start}00Z`, `DTEND:20261207T${end}00Z`, ...more, 'END:VEVENT'],
  ];
  const lines = [
    ...['BEGIN:VCALENDAR', ...event('a', '0900', '1000'), ...event('b', '0930', '1030'), ...event('c', '1100', '1200', 'STATUS:CANCELLED')],
    ...[...event('d', '1300', '1400', 'RRULE:FREQ=DAILY;COUNT=3'), 'END:VCALENDAR'],
  ];
  const command = {
    bytes: Buffer.from(lines.join('\n')),
    dryRun: false,
    onError: 'skip' as const,
    resourceId: resource.id,
    language: 'en',
    patience: 0,
  };
  return handedOver(await on.bulk.import.execute(actor, command));
}

function handedOver(answer: object): Job {
  if (!('state' in answer)) throw new Error('was not handed over');
  return answer as Job;
}
const again = (job: Job) =>
  db.asOwner(
    `update job set state = 'running', done = 0, results = '[]', ended_at = null, lease_until = $2::timestamptz + interval '30 s' where id = $1`,
    [job.id, on.clock.now()],
  );

describe('A job', () => {
  it('does what a request would have done, and says what became of each', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const job = await aJob(ada, [...hours(resource, 3), { resourceId: 'nothing' }]);
    expect(job).toMatchObject({ state: 'queued', progress: { done: 0, total: 4 }, resultUrl: null });

    await workOff(on.bulk.worker);

    expect(await on.bulk.jobs.one(ada, job.id)).toMatchObject({ state: 'done', progress: { done: 4, total: 4 } });
    const { results, summary } = (await on.bulk.jobs.result(ada, job.id)) as BulkOutcome<Reservation>;
    expect(results.map((it) => it.status)).toEqual([201, 201, 201, 400]);
    expect(summary).toEqual({ total: 4, succeeded: 3, failed: 1 });
    expect(await given.eventsOf({ id: job.id })).toEqual(['job.progressed', 'job.progressed', 'job.ended']);
  });

  it('goes on after whoever worked at it was killed, and does nothing twice', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const job = await aJob(ada, hours(resource, 5));
    // One worker did everything and died before it could keep a word of it.
    await workOff(on.bulk.worker);
    await again(job);
    await workOff(on.bulk.worker);
    expect(await on.bulk.jobs.one(ada, job.id)).toMatchObject({ state: 'running', progress: { done: 0 } });

    on.clock.set(at('08:01'));
    await workOff(on.bulk.worker);

    expect(await on.bulk.jobs.one(ada, job.id)).toMatchObject({ state: 'done' });
    expect(await on.bulk.jobs.result(ada, job.id)).toMatchObject({ summary: { total: 5, succeeded: 5, failed: 0 } });
    expect(await given.occupancyOf(resource)).toHaveLength(5);
  });

  it('brings a file in row by row, goes on after a kill, and books no row and no series twice', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const job = await anImport(ada, resource);
    expect(job).toMatchObject({ kind: 'import', state: 'queued', progress: { done: 0, total: 3 } });
    await workOff(on.bulk.worker);
    const before = await given.occupancyOf(resource);
    await again(job);
    on.clock.set(at('08:01'));

    await workOff(on.bulk.worker);

    expect(await on.bulk.jobs.one(ada, job.id)).toMatchObject({ state: 'done', progress: { done: 3, total: 3 } });
    expect(await on.bulk.jobs.result(ada, job.id)).toMatchObject({
      format: 'ics',
      created: 2,
      failed: [{ code: 'reservation-conflict' }],
      skipped: [{ code: 'cancelled' }],
      rows: [{ action: 'create' }, { action: 'error' }, { action: 'skip' }, { action: 'create' }],
    });
    expect(before).toHaveLength(4);
    expect(await given.occupancyOf(resource)).toEqual(before);
  });

  it('says of an import that was stopped which rows it did not come to', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const job = await anImport(ada, resource);

    await on.bulk.cancelJob.execute(ada, job.id);

    const { created, rows, skipped } = (await on.bulk.jobs.result(ada, job.id)) as ReservationImport;
    expect([created, rows.map((it) => it.action)]).toEqual([0, ['skip', 'skip', 'skip', 'skip']]);
    expect(skipped.map((it) => it.code).sort()).toEqual(['cancelled', 'stopped', 'stopped', 'stopped']);
  });

  it('is in the list of whose it is alone, newest first, page by page and by its state', async () => {
    const resource = await given.aResource();
    const [ada, eve] = [await given.aPerson(), await given.aPerson()];
    const made = [await aJob(ada, hours(resource, 1)), await aJob(ada, hours(resource, 2)), await aJob(ada, hours(resource, 3))];
    await on.bulk.cancelJob.execute(ada, made[1]!.id);
    const ids = (page: { data: readonly Job[] }) => page.data.map((it) => it.id);

    const first = await on.bulk.jobs.own(ada, undefined, { limit: 2 });
    const rest = await on.bulk.jobs.own(ada, undefined, { limit: 2, cursor: first.page.nextCursor! });
    expect([ids(first), ids(rest)]).toEqual([[made[2]!.id, made[1]!.id], [made[0]!.id]]);
    expect(rest.page).toEqual({ nextCursor: null, hasMore: false });
    expect(ids(await on.bulk.jobs.own(ada, ['queued', 'running'], { limit: 50 }))).toEqual([made[2]!.id, made[0]!.id]);
    expect(ids(await on.bulk.jobs.own(eve, undefined, { limit: 50 }))).toEqual([]);
    await expect(on.bulk.jobs.own(ada, undefined, { limit: 2, cursor: 'bm90aGluZw' })).rejects.toMatchObject({ code: 'invalid-cursor' });
    for (const it of [made[0]!, made[2]!]) await on.bulk.cancelJob.execute(ada, it.id);
  });

  it('is never taken by two', async () => {
    const resource = await given.aResource();
    const { id } = await aJob(await given.aPerson(), hours(resource, 1));

    const taken = await Promise.all(Array.from({ length: 4 }, () => takeJob(db.database.system, id, at('08:00'))));

    expect(taken.filter((it) => it !== undefined)).toHaveLength(1);
    on.clock.set(at('08:01'));
    await workOff(on.bulk.worker);
  });

  it('has failed once it was taken so often that it will never come to its end', async () => {
    const ada = await given.aPerson();
    const { id } = await aJob(ada, hours(await given.aResource(), 2));
    await db.asOwner('update job set attempt = 50 where id = $1', [id]);

    await workOff(on.bulk.worker);

    expect(await on.bulk.jobs.one(ada, id)).toMatchObject({ state: 'failed', problem: { code: 'internal-error', status: 500 } });
  });

  it('is stopped by whose it is, and begins no more', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const job = await aJob(ada, hours(resource, 3));

    await expect(on.bulk.cancelJob.execute(await given.aPerson(), job.id)).rejects.toMatchObject({ code: 'not-found' });
    await on.bulk.cancelJob.execute(ada, job.id);
    await workOff(on.bulk.worker);

    expect(await on.bulk.jobs.one(ada, job.id)).toMatchObject({ state: 'cancelled', progress: { done: 0, total: 3 } });
    expect(await given.occupancyOf(resource)).toEqual([]);
  });

  it('books nothing for somebody who may not book any more', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const job = await aJob(ada, hours(resource, 1));
    await db.asOwner(`update account set role = 'guest' where id = $1`, [ada.accountId]);

    await workOff(on.bulk.worker);

    expect(await on.bulk.jobs.one(ada, job.id)).toMatchObject({ state: 'failed', problem: { code: 'permission-denied' } });
    expect(await given.occupancyOf(resource)).toEqual([]);
  });
});

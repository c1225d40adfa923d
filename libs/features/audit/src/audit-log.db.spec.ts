import { catalogueEvent, jobEvent, type CatalogueEventType } from '@berth/contracts';
import { newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { ListQuery } from '@berth/platform/http';
import { silentOutbox, silentQueue, useDatabase, workOff } from '@berth/platform/testing';
import { from, reservationsGiven, reservationsOn } from '@berth/reservations/testing';
import { AskExport } from './export/ask-export';
import { AuditExportWorker } from './export/export.worker';
import { AuditExportsQueries } from './export/exports.queries';
import type { AuditFilter } from './log/audit-filter';
import { AuditLogQueries, LOOKED_AT } from './log/audit-log.queries';
import { FacetsQueries } from './log/facets.queries';
import { demandToRead } from './log/may-read';
import { NamesQueries } from './log/names.queries';
import { ForgetView } from './views/forget-view';
import { KeepView } from './views/keep-view';
import { ViewsQueries } from './views/views.queries';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);
const names = () => new NamesQueries(db.database);
const log = () => new AuditLogQueries(db.database, names());
const list = (cursor?: string, limit = 50) => Object.assign(new ListQuery(), { limit, cursor });
const page = async (filter: AuditFilter, cursor?: string, limit?: number) => log().page(db.organizationId, filter, list(cursor, limit));
const facets = (filter: AuditFilter) => new FacetsQueries(db.database, log(), names()).of(db.organizationId, filter);
const ask = () => new AskExport(db.database, log(), silentOutbox(), on.clock);
const worker = () => new AuditExportWorker(db.database, log(), silentOutbox(), on.clock, silentQueue());
const exports = () => new AuditExportsQueries(db.database, on.clock);
const placed = async () => {
  for (let more = 1; more > 0;) {
    const [row] = await db.database.system.sql<{ placed: number }>`select sequence_events(2000) as placed`;
    more = row?.placed ?? 0;
  }
};
const tells = async (doer: Actor, type: CatalogueEventType, facts: Parameters<typeof catalogueEvent>[1]) => {
  await db.database.transaction(doer, (tx) => silentOutbox().append(tx, doer, catalogueEvent(type, facts)));
  await placed();
};

describe('The audit log', () => {
  beforeEach(async () => {
    await db.asOwner('truncate event, event_chain');
    await db.asOwner('update event_log_head set position = 0');
  });

  it('says who did what to which thing, with what was before and after, and names what stands there as an id', async () => {
    const [ada, room] = [await given.aPerson('admin'), await given.aResource()];
    await tells(ada, 'resource.updated', {
      id: room.id,
      name: 'Turing',
      before: { capacity: 4, ownerId: null },
      after: { capacity: 8, ownerId: ada.accountId },
    });

    const { data } = await page({});
    expect(data).toMatchObject([
      {
        ...{ action: 'resource.updated', outcome: 'done', sequence: 1 },
        actor: { id: ada.accountId },
        object: { kind: 'resources', id: room.id, name: 'Turing' },
        changes: [
          { field: 'ownerId', before: null, after: ada.accountId },
          { field: 'capacity', before: 4, after: 8 },
        ],
      },
    ]);
    expect(Object.keys(data[0]!.names)).toEqual([ada.accountId]);
  });

  it('never tells what a private reservation is about, and tells with what and when', async () => {
    const [ada, room] = [await given.aPerson(), await given.aResource()];
    const wish = { resourceIds: [room.id], quantity: 1, ...from('09:00').to('10:00') };
    await on.book.execute(ada, { ...wish, title: 'Canary', private: true });
    await placed();

    const [row] = (await page({ object: 'reservations' })).data;
    expect(row?.about).toMatchObject({
      title: null,
      resources: [{ id: room.id, name: room.name }],
      start: expect.stringContaining('T09:00'),
    });
    expect(JSON.stringify(row)).not.toContain('Canary');
  });

  it('is filtered by everything at once, page after page without a gap or a repetition', async () => {
    const [ada, jo] = [await given.aPerson('admin'), await given.aPerson('admin')];
    const rooms = [newId(), newId()];
    for (let n = 0; n < 12; n++)
      await tells(n % 2 ? ada : jo, n % 3 ? 'resource.updated' : 'site.updated', { id: rooms[n % 2]!, name: `Thing ${n}` });

    const wanted = { actor: ada.accountId, action: ['resource.updated'], object: 'resources', outcome: 'done' } as const;
    const found: number[] = [];
    for (let cursor: string | undefined; ;) {
      const next = await page(wanted, cursor, 2);
      found.push(...next.data.map((it) => it.sequence));
      if (!next.page.nextCursor) break;
      cursor = next.page.nextCursor;
    }
    expect(found).toEqual([12, 8, 6, 2]);
    expect((await page({ action: ['site.updated', 'resource.updated'] })).data).toHaveLength(12);
    expect((await page({ objectId: rooms[0], q: 'thing 4' })).data.map((it) => it.sequence)).toEqual([5]);
    expect((await page({ outcome: 'refused' })).data).toEqual([]);
    await expect(page({}, 'WyJhIl0')).rejects.toMatchObject({ code: 'invalid-cursor' });
  });

  it('calls a job by what it does, not by its id', async () => {
    const ada = await given.aPerson();
    const facts = { jobId: newId(), accountId: ada.accountId, kind: 'import', state: 'done', done: 1, total: 1 };
    await db.database.transaction(ada, (tx) => silentOutbox().append(tx, ada, jobEvent('job.ended', facts)));
    await placed();

    expect((await page({ action: ['job.ended'] })).data.map((it) => it.object.name)).toEqual(['import']);
  });

  it('is searched by the names of people and things, by ids and by what events say, not by what fields are called', async () => {
    const [ada, room] = [await given.aPerson('admin'), await given.aResource()];
    await tells(ada, 'resource.updated', { id: room.id, before: { color: 'red' }, after: { color: 'blue_1' } });
    const [{ name = '' } = {}] = await db.asOwner<{ name: string }>('select display_name as name from account where id = $1', [
      ada.accountId,
    ]);

    for (const q of [room.name, name, room.id, 'BLUE_1', 'resource.up']) expect([q, (await page({ q })).data.length]).toEqual([q, 1]);
    for (const q of ['color', 'blue%', 'nothing such']) expect([q, (await page({ q })).data.length]).toEqual([q, 0]);
  });

  it('finds a time long ago, and gives the ends of it as they are asked', async () => {
    const ada = await given.aPerson('admin');
    for (let n = 0; n < 6; n++) await tells(ada, 'site.updated', { id: newId() });
    await db.asOwner(`alter table event disable trigger event_keeps_its_place`);
    await db.asOwner(`update event set at = timestamptz '2026-01-01' + sequence * interval '1 day'`);
    await db.asOwner(`alter table event enable trigger event_keeps_its_place`);

    const days = await page({ from: '2026-01-03T00:00:00Z', to: '2026-01-05T00:00:00Z' });
    expect(days.data.map((it) => it.sequence)).toEqual([3, 2]);
  });

  it('looks at so many rows a request, says how far it came, and goes on from there', async () => {
    const ada = await given.aPerson('admin');
    await tells(ada, 'site.updated', { id: newId(), name: 'Needle' });
    await db.asOwner(
      `insert into event (id, org_id, type, subject_kind, subject_id, actor_id, data)
       select gen_random_uuid(), $1, 'resource.updated', 'resources', gen_random_uuid(), $2, '{}' from generate_series(1, $3::int)`,
      [db.organizationId, ada.accountId, LOOKED_AT],
    );
    await placed();

    const first = await page({ q: 'needle' });
    expect(first).toMatchObject({ data: [], page: { hasMore: true }, searchedTo: expect.any(String) });
    const second = await page({ q: 'needle' }, first.page.nextCursor ?? undefined);
    expect(second.data.map((it) => it.object.name)).toEqual(['Needle']);
    expect(second.page.hasMore).toBe(false);
    expect(await facets({})).toMatchObject({ counted: LOOKED_AT, isComplete: false });
  });

  it('counts what the rows of a filter are of', async () => {
    const [ada, jo] = [await given.aPerson('admin'), await given.aPerson('admin')];
    for (const it of [ada, ada, jo]) await tells(it, 'site.updated', { id: newId() });
    await tells(jo, 'resource.updated', { id: newId() });

    const all = await facets({});
    expect(all).toMatchObject({ counted: 4, isComplete: true });
    expect(all.facets.action.map(({ value, count }) => [value, count])).toEqual([
      ['site.updated', 3],
      ['resource.updated', 1],
    ]);
    expect((await facets({ actor: jo.accountId })).facets.object.map((it) => it.count)).toEqual([1, 1]);
  });

  it('shows one event with its hash and that before it, and those around it', async () => {
    const ada = await given.aPerson('admin');
    for (let n = 0; n < 30; n++) await tells(ada, 'site.updated', { id: newId() });
    const [, before, , middle] = (await page({}, undefined, 15)).data;

    const one = await log().one(db.organizationId, middle!.id);
    expect(one.previousHash).toMatch(/^[0-9a-f]{64}$/);
    expect(one).toMatchObject({ isRedacted: false, sequence: 27 });
    expect((await log().one(db.organizationId, before!.id)).previousHash).not.toBe(one.hash);
    expect((await log().around(db.organizationId, middle!.id)).map((it) => it.sequence)).toEqual([
      30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17,
    ]);
    await expect(log().one(db.organizationId, newId())).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is read about one thing by who looks after it, and by nobody else', async () => {
    const [admin, guest, room] = [await given.aPerson('admin'), await given.aPerson(), await given.aResource()];
    const of = db.database.of(db.organizationId);
    const about = { object: 'resources', objectId: room.id };

    expect(await demandToRead(of, admin, {})).toBe('all');
    await expect(demandToRead(of, guest, about)).rejects.toMatchObject({ code: 'permission-denied' });
    const keeper = {
      ...guest,
      grants: [
        {
          ...{ assignmentId: newId(), groupId: null, siteId: null, until: null, role: { id: newId(), name: 'Keeper' } },
          ...{ permissions: new Set(['resource:manage'] as const), resourceId: room.id },
        },
      ],
    };
    expect(await demandToRead(of, keeper, about)).toBe('without-origin');
    await expect(demandToRead(of, keeper, { ...about, address: '192.0.2.7' })).rejects.toMatchObject({ code: 'permission-denied' });
    for (const it of [{}, { object: 'resources' }, { object: 'users', objectId: room.id }, { object: 'sites', objectId: newId() }])
      await expect(demandToRead(of, keeper, it)).rejects.toMatchObject({ code: 'permission-denied' });
  });
});

describe('A file of the audit log', () => {
  const written = async (actor: Actor, id: string): Promise<string> => {
    let text = '';
    for await (const part of (await exports().file(actor, id)).content) text += part;
    return text;
  };

  it('has the events of the filter, oldest first, and no cell a spreadsheet takes for a formula', async () => {
    const ada = await given.aPerson('admin');
    await tells(ada, 'site.updated', { id: newId(), name: '=cmd()' });
    await tells(ada, 'site.updated', { id: newId(), name: 'Say "no", Ada' });
    await tells(ada, 'resource.updated', { id: newId() });

    const filter = { actor: ada.accountId, action: ['site.updated'] };
    const job = await ask().execute(ada, 'csv', filter);
    await expect(exports().file(ada, job.id)).rejects.toMatchObject({ code: 'not-found' });
    expect(await workOff(worker())).toBe(1);

    const lines = (await written(ada, job.id)).split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^sequence,id,at,/);
    expect(lines[1]).toContain(`,'=cmd(),`);
    expect(lines[2]).toContain(',"Say ""no"", Ada",');
    expect((await exports().own(ada))[0]).toMatchObject({ id: job.id, format: 'csv', state: 'done', filter });

    const other = await ask().execute(ada, 'json', filter);
    await workOff(worker());
    const events = (await written(ada, other.id))
      .trimEnd()
      .split('\n')
      .map((it): unknown => JSON.parse(it));
    expect(events).toMatchObject([{ object: { name: '=cmd()' } }, { object: { name: 'Say "no", Ada' } }]);
  });

  it('is gone on with by another after one was killed, once each part', async () => {
    const ada = await given.aPerson('admin');
    await db.asOwner(
      `insert into event (id, org_id, type, subject_kind, subject_id, actor_id, data)
       select gen_random_uuid(), $1, 'floor.updated', 'floors', gen_random_uuid(), $2, '{}' from generate_series(1, 4500)`,
      [db.organizationId, ada.accountId],
    );
    await placed();
    const job = await ask().execute(ada, 'json', { object: 'floors' });
    const killed = new AbortController();
    const parts = () => db.asOwner('select from audit_export_part where job_id = $1', [job.id]);
    const stopped = new (class extends AuditLogQueries {
      override async between(...args: Parameters<AuditLogQueries['between']>) {
        if ((await parts()).length === 1) killed.abort();
        return super.between(...args);
      }
    })(db.database, names());
    await new AuditExportWorker(db.database, stopped, silentOutbox(), on.clock, silentQueue()).execute(job.id, killed.signal);
    expect((await exports().own(ada))[0]).toMatchObject({ state: 'running' });
    on.clock.set(new Date(on.clock.now().getTime() + 31_000));
    await workOff(worker());

    const ids = (await written(ada, job.id))
      .trimEnd()
      .split('\n')
      .map((it) => (JSON.parse(it) as { id: string }).id);
    expect([ids.length, new Set(ids).size]).toEqual([4500, 4500]);
  });

  it('is for who asked, and is gone with its parts after a day', async () => {
    const [ada, jo] = [await given.aPerson('admin'), await given.aPerson('admin')];
    const job = await ask().execute(ada, 'csv', JSON.parse('{"object":null}') as AuditFilter);
    await workOff(worker());

    expect((await exports().own(ada))[0]?.filter).toEqual({});
    await expect(exports().file(jo, job.id)).rejects.toMatchObject({ code: 'not-found' });
    on.clock.set(new Date(on.clock.now().getTime() + 25 * 3_600_000));
    await expect(exports().file(ada, job.id)).rejects.toMatchObject({ code: 'not-found' });
    expect(await exports().own(ada)).toEqual([]);
    await db.asOwner('delete from job where id = $1', [job.id]);
    expect(await db.asOwner('select from audit_export_part where job_id = $1', [job.id])).toEqual([]);
  });
});

describe('A kept filter', () => {
  it('is listed to who kept it, has a name of its own, and is forgotten by them alone', async () => {
    const [ada, jo] = [await given.aPerson('admin'), await given.aPerson('admin')];
    const keep = new KeepView(db.database, silentOutbox(), on.clock);
    const forget = new ForgetView(db.database, silentOutbox());
    const views = new ViewsQueries(db.database);
    const kept = await keep.execute(ada, { name: 'Refused', filter: { outcome: 'refused' } });

    expect(await views.all(ada)).toEqual([kept]);
    expect(await views.all(jo)).toEqual([]);
    await expect(keep.execute(ada, { name: 'refused', filter: {} })).rejects.toMatchObject({ code: 'already-exists' });
    await expect(forget.execute(jo, kept.id)).rejects.toMatchObject({ code: 'not-found' });
    await forget.execute(ada, kept.id);
    expect(await views.all(ada)).toEqual([]);
  });
});

import { newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { silentOutbox, silentSchedule, useDatabase } from '@berth/platform/testing';
import { at, from, reservationsGiven, reservationsOn } from '@berth/reservations/testing';
import { DemoDataQueries } from './demo-data.queries';
import { markDemo } from './demo-marks';
import { ForgetDemoData } from './forget-demo-data.worker';
import { RemoveDemoData } from './remove-demo-data';
import { RestoreDemoData } from './restore-demo-data';

const morning = from('09:00').to('10:00');
const wish = (resource: { id: string }, when = morning) => ({ resourceIds: [resource.id], quantity: 1, ...when });
/** All that is kept of an organization's people, places, resources and bookings. */
const tables = [
  ...['account', 'site', 'floor', 'room', 'resource_type', 'resource', 'resource_leaf', 'blackout', 'favourite', 'saved_search'],
  ...['series', 'series_item', 'reservation', 'reservation_item', 'occupancy', 'approval_request', 'approval_approver', 'waitlist_entry'],
  ...['resource_assignment', 'shared_day', 'people_group', 'group_member', 'role_assignment', 'quota_rule'],
];

describe('The demo data', () => {
  const db = useDatabase();
  const given = reservationsGiven(db);
  const on = reservationsOn(db);
  const outbox = silentOutbox();
  const read = (actor: Actor) => new DemoDataQueries(db.database).read(actor);
  const removing = (actor: Actor, own: 'keep' | 'remove' = 'keep') => new RemoveDemoData(db.database, outbox, on.clock).execute(actor, own);
  const restoring = (actor: Actor) => new RestoreDemoData(db.database, outbox, on.clock).execute(actor);
  const forgetting = () => new ForgetDemoData(db.database, outbox, on.clock, silentSchedule()).run();
  const rows = async (): Promise<Record<string, unknown[]>> => {
    const all: Record<string, unknown[]> = {};
    for (const table of tables)
      all[table] = await db.asOwner(`select to_jsonb(t) as row from ${table} t where org_id = $1 order by t::text`, [db.organizationId]);
    return all;
  };
  const count = async (table: string): Promise<number> => (await rows())[table]!.length;
  const isThere = async (resource: { id: string }): Promise<boolean> =>
    (await db.asOwner(`select from resource where id = $1`, [resource.id])).length > 0;

  const crew = newId();
  const joins = (person: Actor) =>
    db.asOwner(`insert into group_member (org_id, group_id, account_id, created_at) values ($1, $2, $3, now())`, [
      ...[db.organizationId, crew, person.accountId],
    ]);

  let admin: Actor;
  let guest: Actor;
  let turing: { id: string };
  let hall: { id: string };
  let half: { id: string };
  let site: { id: string; name: string };

  beforeEach(async () => {
    on.clock.set(at('08:00'));
    await db.asOwner(`truncate demo_removed_row, event, ${tables.join(', ')} cascade`);
    await db.asOwner(`update organization set demo = true, demo_undo_until = null where id = $1`, [db.organizationId]);
    admin = await given.aPerson('admin');
    guest = await given.aPerson();
    site = await given.aSite({ name: 'Berlin HQ' });
    const floor = await given.aFloor({ site });
    await given.aRoom({ floor });
    const type = await given.aType();
    const policy = {
      approval: { mode: 'required' as const, deadline: 'P2D', approvers: [{ kind: 'user' as const, id: guest.accountId }] },
    };
    turing = await given.aResource({ site, floor, type, name: 'Turing' });
    hall = await given.aResource({ site, floor, type, name: 'Hall' });
    half = await given.aResource({ site, floor, type, parent: hall, name: 'Half' });
    const lab = await given.aResource({ site, type, policy, name: 'Lab' });
    await on.book.execute(guest, wish(turing));
    await on.book.execute(guest, wish(lab));
    await given.anAssignment({ resource: lab, person: guest, days: ['2026-12-09'] });
    await on.series.book.execute(guest, {
      wish: { ...wish(turing, from('12:00').to('13:00')), timeZone: 'UTC' },
      ...{ rrule: 'FREQ=DAILY;COUNT=3', exdates: [], rdates: [], onConflict: 'fail', resolutions: [] },
    });
    await given.aBlackout({ site, from: at('20:00'), to: at('21:00') });
    await db.asOwner(`insert into favourite (org_id, account_id, resource_id, created_at) values ($1, $2, $3, now())`, [
      ...[db.organizationId, admin.accountId, turing.id],
    ]);
    await db.asOwner(
      `insert into waitlist_entry (id, org_id, account_id, resource_id, starts_at, ends_at, time_zone, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, 'UTC', now(), now())`,
      [newId(), db.organizationId, guest.accountId, turing.id, morning.start, morning.end],
    );
    await db.asOwner(`insert into people_group (id, org_id, name, kind, created_at) values ($1, $2, 'Crew', 'static', now())`, [
      ...[crew, db.organizationId],
    ]);
    await joins(guest);
    await db.asOwner(
      `insert into role_assignment (id, org_id, group_id, built_in, site_id, created_at) values ($1, $2, $3, 'site-manager', $4, now())`,
      [newId(), db.organizationId, crew, site.id],
    );
    await db.asOwner(
      `insert into quota_rule (id, org_id, name, who_kind, what_kind, what_id, measure, window_kind, limit_value, created_at)
       values ($1, $2, 'Lab time', 'everyone', 'type', $3, 'time', 'week', 1200, now())`,
      [newId(), db.organizationId, type.id],
    );
    await db.database.transaction(admin, (tx) => markDemo(tx, admin, []));
  });

  it('goes as a whole, is counted before, and comes back row for row', async () => {
    const before = await rows();
    expect(await read(admin)).toEqual({
      state: 'present',
      undoUntil: null,
      removal: {
        keep: { bookings: 5, resources: 4, people: 1, sites: 1, groups: 1, quotas: 1 },
        remove: { bookings: 5, resources: 4, people: 1, sites: 1, groups: 1, quotas: 1 },
      },
    });

    expect(await removing(admin)).toEqual({ state: 'removed', undoUntil: '2026-12-08T08:00:00Z', removal: null });

    const left = await rows();
    expect(left['account']!.map((it) => (it as { row: { id: string } }).row.id)).toEqual([admin.accountId]);
    for (const table of tables) if (table !== 'account') expect([table, left[table]]).toEqual([table, []]);
    on.clock.set(at('07:59', 8));
    expect(await restoring(admin)).toMatchObject({ state: 'present' });
    expect(await rows()).toEqual(before);
    expect((await given.eventsOf({ id: db.organizationId })).slice(-2)).toEqual(['demo_data.removed', 'demo_data.restored']);
  });

  it('leaves what people made themselves, with all that it needs', async () => {
    const own = await on.book.execute(admin, wish(half, from('15:00').to('16:00')));
    const ownRoom = await given.aResource({ site, name: 'Ours' });
    expect((await read(admin)).removal).toMatchObject({
      keep: { bookings: 5, resources: 2, sites: 0 },
      remove: { bookings: 6, resources: 4 },
    });

    await removing(admin);

    expect(await Promise.all([turing, hall, half, ownRoom].map(isThere))).toEqual([false, true, true, true]);
    expect((await on.queries.one(admin, own.id)).status).toBe('confirmed');
    expect(await given.occupancyOf(hall)).toEqual(['1 07 15:00–07 16:00']);
    expect([await count('site'), await count('floor'), await count('room')]).toEqual([1, 1, 0]);
    expect(await db.asOwner(`select from resource where demo union all select from site where demo`)).toEqual([]);
  });

  it('takes people’s own bookings along where that is asked, and what was booked on their own resources never', async () => {
    const [ours, theirs] = [await given.aResource({ name: 'Ours' }), await on.book.execute(admin, wish(half))];
    const own = await on.book.execute(admin, wish(ours));
    await on.book.execute(guest, wish(ours, from('11:00').to('12:00')));

    await removing(admin, 'remove');

    await expect(on.queries.one(admin, theirs.id)).rejects.toMatchObject({ code: 'not-found' });
    expect((await on.queries.one(admin, own.id)).status).toBe('confirmed');
    // Of demo people nothing stays, wherever they booked.
    expect(await given.occupancyOf(ours)).toEqual(['1 07 09:00–07 10:00']);
    expect(await count('account')).toBe(1);
  });

  it('keeps a demo group that somebody else is in, without the demo people, who come back into it', async () => {
    await joins(admin);

    await removing(admin);

    const members = async () => (await db.asOwner(`select account_id as id from group_member where group_id = $1`, [crew])).length;
    expect([await count('people_group'), await members(), await count('role_assignment'), await count('quota_rule')]).toEqual([1, 1, 0, 0]);
    await restoring(admin);
    expect([await members(), await count('role_assignment'), await count('quota_rule')]).toEqual([2, 1, 1]);
    await removing(admin);
    await db.asOwner(`delete from people_group where id = $1`, [crew]);
    expect((await restoring(admin)).state).toBe('present');
    expect([await count('people_group'), await count('role_assignment'), await count('quota_rule')]).toEqual([0, 0, 1]);
  });

  it('keeps a demo person whom a rule that stays names, without a way to sign in', async () => {
    await db.asOwner(`update account set password_hash = 'known' where id = $1`, [guest.accountId]);
    const approvers = [{ kind: 'user' as const, id: guest.accountId }];
    const ours = await given.aResource({ name: 'Ours', policy: { approval: { mode: 'required', deadline: 'P2D', approvers } } });

    await removing(admin, 'remove');

    expect((await on.book.execute(admin, wish(ours))).status).toBe('pending');
    const person = () => db.asOwner(`select demo, password_hash from account where id = $1`, [guest.accountId]);
    expect(await person()).toEqual([{ demo: false, password_hash: null }]);
    await restoring(admin);
    expect(await person()).toEqual([{ demo: true, password_hash: 'known' }]);
  });

  it('gives way, when it comes back, to what was booked in between', async () => {
    await on.book.execute(admin, wish(turing, from('15:00').to('16:00')));
    await removing(admin);
    const since = await on.book.execute(admin, wish(turing));

    await restoring(admin);

    expect((await on.queries.one(admin, since.id)).status).toBe('confirmed');
    expect(await given.occupancyOf(turing)).toEqual([
      ...['1 07 09:00–07 10:00', '1 07 12:00–07 13:00', '1 07 15:00–07 16:00', '1 08 12:00–08 13:00', '1 09 12:00–09 13:00'],
    ]);
  });

  it('does not come back over a name that was taken, and stays where it is until it can', async () => {
    await removing(admin);
    const rival = await given.aSite({ name: site.name });

    await expect(restoring(admin)).rejects.toMatchObject({ code: 'already-exists' });
    expect((await read(admin)).state).toBe('removed');
    await db.asOwner(`update site set name = 'Other' where id = $1`, [rival.id]);
    expect((await restoring(admin)).state).toBe('present');
  });

  it('is forgotten after 24 hours, once however many workers are at it', async () => {
    await removing(admin);
    on.clock.set(at('07:59', 8));
    expect(await forgetting()).toBe(0);
    on.clock.set(at('08:00', 8));
    expect((await restoring(admin)).state).toBe('removed');

    const forgotten = await Promise.all([forgetting(), forgetting(), forgetting()]);

    expect(forgotten.reduce((sum, it) => sum + it)).toBe(1);
    expect(await restoring(admin)).toEqual({ state: 'none', undoUntil: null, removal: null });
    expect(await db.asOwner(`select from demo_removed_row`)).toEqual([]);
    expect((await given.eventsOf({ id: db.organizationId })).at(-1)).toBe('demo_data.forgotten');
  });

  it('is removed once by two who press the button, and removing none is no mistake', async () => {
    const [one, other] = await Promise.all([removing(admin), removing(admin)]);

    expect(one).toEqual(other);
    expect((await given.eventsOf({ id: db.organizationId })).filter((it) => it === 'demo_data.removed')).toHaveLength(1);
    expect((await removing(admin)).state).toBe('removed');
  });

  it('lets nobody book into what is going', async () => {
    // The hall and its half at hours of their own: one would keep the other out.
    const [removed, ...booked] = await Promise.allSettled([
      removing(admin),
      on.book.execute(admin, wish(turing, from('17:00').to('18:00'))),
      on.book.execute(admin, wish(hall, from('17:00').to('18:00'))),
      on.book.execute(admin, wish(half, from('18:00').to('19:00'))),
      on.book.execute(guest, wish(turing, from('18:00').to('19:00'))),
    ]);

    expect(removed.status).toBe('fulfilled');
    for (const it of booked) {
      // Before it is kept or goes along; after it there is nothing to book, or nobody who could.
      if (it.status === 'rejected') expect(['not-found', '23503']).toContain((it.reason as { code: string }).code);
    }
    const broken = await db.asOwner(`
      select from reservation_item i where not exists (select from resource r where r.id = i.resource_id)
      union all select from reservation v where not exists (select from account a where a.id = v.organizer_id)`);
    expect(broken).toEqual([]);
  });

  it('stays within its organization', async () => {
    const stranger = await given.anotherOrganization();
    const of = db.database.of(stranger.id);

    await expect(of.sql`select remove_demo(${db.organizationId}, ${admin.accountId}, true, now())`).rejects.toMatchObject({
      code: '42501',
    });
    await expect(of.sql`select restore_demo(${db.organizationId})`).rejects.toMatchObject({ code: '42501' });
    expect((await read(admin)).state).toBe('present');
  });

  it('knows every column that points at one of its rows', async () => {
    const functions = await db.asOwner<{ text: string }>(
      `select prosrc as text from pg_proc where proname in ('demo_going', 'remove_demo', 'restore_demo')`,
    );
    const known = new Set(functions.flatMap((it) => it.text.split(/\W+/)));
    const pointing = await db.asOwner<{ table: string; column: string }>(`
      select c.conrelid::regclass::text as table, a.attname as column
      from pg_constraint c
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey) and a.attname <> 'org_id'
      where c.contype = 'f' and c.confdeltype not in ('c', 'n')
        and c.confrelid = any (array['account', 'site', 'floor', 'room', 'resource_type', 'resource', 'series', 'reservation']::regclass[])`);

    expect(pointing.length).toBeGreaterThan(20);
    expect(pointing.filter((it) => !known.has(it.table) || !known.has(it.column))).toEqual([]);
  });
});

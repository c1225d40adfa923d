import type { Actor } from '@berth/platform/auth';
import { useDatabase } from '@berth/platform/testing';
import { at, from, reservationsGiven } from '@berth/reservations/testing';
import pg from 'pg';
import type { JoinCommand } from './join-waitlist';
import { Offer } from './offer';
import { waitlistOn } from './testing';

const db = useDatabase();
const given = reservationsGiven(db);
const list = waitlistOn(db);
const { on } = list;
const morning = from('09:00').to('10:00');

const wish = (resource: { id: string }, when = morning) => ({ resourceIds: [resource.id], quantity: 1, ...when });
const joined = (actor: Actor, resource: { id: string }, more: Partial<JoinCommand> = {}) =>
  list.join.execute(actor, {
    resourceIds: [resource.id],
    ...morning,
    flexMinutes: 0,
    quantity: 1,
    autoAccept: false,
    priority: 0,
    ...more,
  });
const entry = (actor: Actor, id: string) => list.queries.one(actor, id);
const people = (n: number): Promise<Actor[]> => Promise.all(Array.from({ length: n }, () => given.aPerson()));

describe('The waitlist', () => {
  const worker = { round: () => list.worker().round() };
  beforeEach(() => on.clock.set(at('08:00')));

  it('offers a cancelled time to the first who waits, holds it for thirty minutes, and lets nobody else have it', async () => {
    const room = await given.aResource();
    const [owner, ada, grace, stranger] = (await people(4)) as [Actor, Actor, Actor, Actor];
    const booked = await on.book.execute(owner, wish(room));
    const [first, second] = [await joined(ada, room), await joined(grace, room)];
    await worker.round();
    expect([(await entry(ada, first.id)).position, (await entry(grace, second.id)).position]).toEqual([1, 2]);

    await on.cancel.execute(owner, { id: booked.id, undoSeconds: 0 });
    await worker.round();

    expect(await entry(ada, first.id)).toMatchObject({
      status: 'offered',
      offer: { resourceId: room.id, start: '2026-12-07T09:00:00Z', end: '2026-12-07T10:00:00Z', expiresAt: '2026-12-07T08:30:00Z' },
    });
    expect(await entry(grace, second.id)).toMatchObject({ status: 'waiting', offer: null });
    await expect(on.book.execute(stranger, wish(room))).rejects.toMatchObject({ code: 'slot-held' });
    expect(await list.answer.accept(ada, first.id)).toMatchObject({ status: 'accepted', offer: null });
    expect(await given.occupancyOf(room)).toEqual(['1 07 09:00–07 10:00']);
    expect(await list.answer.accept(ada, first.id)).toMatchObject({ status: 'accepted' });
    expect(await given.eventsOf(first)).toEqual(['waitlist.joined', 'waitlist.offered', 'waitlist.accepted']);
  });

  it('lets those look again who were passed over a moment before the time was freed', async () => {
    const room = await given.aResource();
    const [owner, ada, grace] = (await people(3)) as [Actor, Actor, Actor];
    const booked = await on.book.execute(owner, wish(room));
    const [first, second] = [await joined(ada, room), await joined(grace, room)];
    const look = Offer.prototype.slotsFor;
    let looks = 0;
    Offer.prototype.slotsFor = async function (...of) {
      const slots = await look.apply(this, of);
      if (looks++ === 0) await on.cancel.execute(owner, { id: booked.id, undoSeconds: 0 });
      return slots;
    };
    await worker.round().finally(() => (Offer.prototype.slotsFor = look));

    expect((await entry(ada, first.id)).status).toBe('offered');
    expect((await entry(grace, second.id)).status).toBe('waiting');
  });

  it('passes an offer on when it is declined, and when nobody answers', async () => {
    const room = await given.aResource();
    const [owner, ...waiting] = (await people(4)) as [Actor, ...Actor[]];
    const booked = await on.book.execute(owner, wish(room));
    const entries = [];
    for (const it of waiting) entries.push(await joined(it, room));
    await on.cancel.execute(owner, { id: booked.id, undoSeconds: 0 });
    await worker.round();

    await list.answer.decline(waiting[0]!, entries[0]!.id);
    await worker.round();
    expect((await entry(waiting[1]!, entries[1]!.id)).status).toBe('offered');
    on.clock.set(at('08:30'));
    await worker.round();

    const states = await Promise.all(entries.map(async (it, i) => (await entry(waiting[i]!, it.id)).status));
    expect(states).toEqual(['declined', 'expired', 'offered']);
    await expect(list.answer.accept(waiting[1]!, entries[1]!.id)).rejects.toMatchObject({ code: 'hold-expired' });
    expect(await given.eventsOf(entries[1]!)).toEqual(['waitlist.joined', 'waitlist.offered', 'waitlist.expired']);
  });

  it('books at once for who wants that', async () => {
    const room = await given.aResource();
    const [owner, ada] = (await people(2)) as [Actor, Actor];
    const booked = await on.book.execute(owner, wish(room));
    const { id } = await joined(ada, room, { autoAccept: true, title: 'Lab' });

    await on.cancel.execute(owner, { id: booked.id, undoSeconds: 0 });
    await worker.round();

    const { reservationId } = await entry(ada, id);
    expect(await on.queries.one(ada, reservationId!)).toMatchObject({ status: 'confirmed', title: 'Lab', mine: true });
  });

  describe('where something is asked', () => {
    const project = { key: 'project', label: 'Project', kind: 'text', required: true, options: [] };
    const ask = async (typeId: string, asked: readonly object[]) => {
      await db.asOwner('update resource_type set fields = $2 where id = $1', [typeId, JSON.stringify(asked)]);
      await db.asOwner('update organization set epoch = epoch + 1');
    };

    it('wants the answers of who joins, and books with them', async () => {
      const type = await given.aType();
      await ask(type.id, [project]);
      const room = await given.aResource({ type });
      const [owner, ada] = (await people(2)) as [Actor, Actor];
      const booked = await on.book.execute(owner, { ...wish(room), customFields: { project: 'Gemini' } });
      const missing = { code: 'validation-failed', extensions: { errors: [{ pointer: '/customFields/project', code: 'required' }] } };
      await expect(joined(ada, room, { autoAccept: true })).rejects.toMatchObject(missing);
      const { id } = await joined(ada, room, { autoAccept: true, customFields: { project: 'Apollo' } });

      await on.cancel.execute(owner, { id: booked.id, undoSeconds: 0 });
      await worker.round();

      const { reservationId, customFields } = await entry(ada, id);
      expect(customFields).toEqual({ project: 'Apollo' });
      expect(await on.queries.one(ada, reservationId!)).toMatchObject({ status: 'confirmed', customFields: { project: 'Apollo' } });
    });

    it('offers instead of booking what is asked since, and takes the answer with the offer', async () => {
      const type = await given.aType();
      const room = await given.aResource({ type });
      const [owner, ada] = (await people(2)) as [Actor, Actor];
      const booked = await on.book.execute(owner, wish(room));
      const { id } = await joined(ada, room, { autoAccept: true });
      await ask(type.id, [project]);

      await on.cancel.execute(owner, { id: booked.id, undoSeconds: 0 });
      await worker.round();

      expect((await entry(ada, id)).status).toBe('offered');
      await expect(list.answer.accept(ada, id)).rejects.toMatchObject({ code: 'validation-failed' });
      const { reservationId } = await list.answer.accept(ada, id, { project: 'Apollo' });
      expect((await on.queries.one(ada, reservationId!)).customFields).toEqual({ project: 'Apollo' });
    });

    it('gives each kind of resource the answers it asks for', async () => {
      const [lab, hall] = [await given.aType(), await given.aType()];
      await ask(lab.id, [project]);
      const site = await given.aSite();
      const [first, second] = [
        await given.aResource({ type: lab, site, name: 'A' }),
        await given.aResource({ type: hall, site, name: 'B' }),
      ];
      const [owner, ada] = (await people(2)) as [Actor, Actor];
      await on.book.execute(owner, { ...wish(first), customFields: { project: 'Gemini' } });
      const criteria = { siteId: site.id };
      const asked = { resourceIds: [], criteria, autoAccept: true };

      const { id } = await joined(ada, second, { ...asked, customFields: { project: 'Apollo' } });
      await list.worker().serve.sweep();

      const { reservationId } = await entry(ada, id);
      expect(await on.queries.one(ada, reservationId!)).toMatchObject({ customFields: {}, resources: [{ resourceId: second.id }] });
      await expect(joined(await given.aPerson(), second, { ...asked, customFields: { colour: 'red' } })).rejects.toMatchObject({
        extensions: { errors: [{ pointer: '/customFields/colour', code: 'unknown-field' }] },
      });
    });
  });

  it('asks in the order of priority, then of joining', async () => {
    const room = await given.aResource();
    const [owner, ada, grace] = (await people(3)) as [Actor, Actor, Actor];
    const booked = await on.book.execute(owner, wish(room));
    await joined(ada, room);
    const urgent = await joined(grace, room, { priority: 5 });

    await on.cancel.execute(owner, { id: booked.id, undoSeconds: 0 });
    await worker.round();

    expect(await entry(grace, urgent.id)).toMatchObject({ status: 'offered', position: 1 });
  });

  it('hears of every way time is freed', async () => {
    const ways: Record<string, (owner: Actor, booked: { id: string }, room: { id: string }) => Promise<unknown>> = {
      cancelled: (owner, { id }) => on.cancel.execute(owner, { id, undoSeconds: 0 }),
      'cancelled, when the time to undo has passed': async (owner, { id }) => {
        await on.cancel.execute(owner, { id, undoSeconds: 8 });
        await worker.round();
        on.clock.set(new Date(at('08:00').getTime() + 8_000));
      },
      moved: (owner, { id }) => on.move.execute(owner, { id, start: at('15:00') }),
      shortened: (owner, { id }) => on.move.execute(owner, { id, start: at('10:00'), end: at('11:00') }),
      'not shown up for': async () => {
        on.clock.set(at('09:15'));
        await on.lifecycle.run();
      },
      'ended early': async (owner, { id }) => {
        on.clock.set(at('09:15'));
        await on.end.execute(owner, id);
      },
    };
    for (const [way, free] of Object.entries(ways)) {
      on.clock.set(at('08:00'));
      const room = await given.aResource({ policy: { checkIn: { mode: 'required', before: 'PT15M', after: 'PT15M' } } });
      const [owner, ada] = (await people(2)) as [Actor, Actor];
      const late = way === 'not shown up for' || way === 'ended early';
      const booked = await on.book.execute(owner, wish(room, from('09:00').to('11:00')));
      const { id } = await joined(ada, room, late ? from('09:30').to('10:30') : morning);
      await worker.round();
      expect([way, (await entry(ada, id)).status]).toEqual([way, 'waiting']);

      await free(owner, booked, room);
      await worker.round();

      expect([way, (await entry(ada, id)).status]).toEqual([way, 'offered']);
    }
  });

  it('takes another time within the flexibility, and any resource that meets the criteria', async () => {
    const type = await given.aType();
    const [small, large] = [await given.aResource({ type, capacity: 4 }), await given.aResource({ type, capacity: 12 })];
    const [owner, ada, grace] = (await people(3)) as [Actor, Actor, Actor];
    await on.book.execute(owner, wish(small, from('08:00').to('12:00')));
    await on.book.execute(owner, wish(large, from('08:00').to('10:00')));
    const flexible = await joined(ada, large, { flexMinutes: 60 });
    const any = await joined(grace, large, {
      resourceIds: [],
      criteria: { typeId: type.id, capacity: 10 },
      ...from('11:00').to('12:00'),
    });

    await worker.round();

    expect((await entry(ada, flexible.id)).offer).toMatchObject({ start: '2026-12-07T10:00:00Z', end: '2026-12-07T11:00:00Z' });
    expect((await entry(grace, any.id)).offer).toMatchObject({ resourceId: large.id, start: '2026-12-07T11:00:00Z' });
  });

  it('judges the person by the rules of the moment, and goes on to the next who may', async () => {
    const room = await given.aResource({ policy: { maxPerWeekPerPerson: 'PT1H' } });
    const [owner, ada, grace, guest] = (await people(4)) as [Actor, Actor, Actor, Actor];
    const booked = await on.book.execute(owner, wish(room));
    await on.book.execute(ada, wish(room, from('10:00').to('11:00')));
    const [lost, limited, able] = [await joined(guest, room), await joined(ada, room), await joined(grace, room)];
    await db.asOwner(`update account set role = 'guest' where id = $1`, [guest.accountId]);

    await on.cancel.execute(owner, { id: booked.id, undoSeconds: 0 });
    await worker.round();

    expect((await entry(guest, lost.id)).status).toBe('waiting');
    expect([(await entry(ada, limited.id)).status, (await entry(grace, able.id)).status]).toEqual(['waiting', 'offered']);
  });

  it('keeps the place of who gives the offer up for another hold, and sees what they booked themselves', async () => {
    const room = await given.aResource();
    const [ada, grace] = (await people(2)) as [Actor, Actor];
    const mine = await joined(ada, room);
    const next = await joined(grace, room);
    await worker.round();
    expect((await entry(ada, mine.id)).status).toBe('offered');

    await on.hold.execute(ada, wish(room));
    await worker.round();
    expect((await entry(grace, next.id)).status).toBe('waiting');
    expect((await entry(ada, mine.id)).status).toBe('offered');

    const own = await on.book.execute(ada, wish(room));
    await worker.round();
    expect(await entry(ada, mine.id)).toMatchObject({ status: 'accepted', reservationId: own.id });
    expect((await entry(grace, next.id)).status).toBe('waiting');
  });

  it('keeps an offer its full time, whoever refreshes its hold', async () => {
    const room = await given.aResource();
    const ada = await given.aPerson();
    const { id } = await joined(ada, room);
    await worker.round();
    const { offer } = await entry(ada, id);

    expect(await on.hold.refresh(ada, offer!.holdId)).toMatchObject({ expiresAt: '2026-12-07T08:30:00Z' });
  });

  it('ends the waiting when the time has passed, and is left at any time', async () => {
    const room = await given.aResource();
    const [owner, ada, grace] = (await people(3)) as [Actor, Actor, Actor];
    await on.book.execute(owner, wish(room));
    const [late, left] = [await joined(ada, room), await joined(grace, room)];
    await expect(joined(ada, room)).rejects.toMatchObject({ code: 'already-exists' });
    await expect(entry(grace, late.id)).rejects.toMatchObject({ code: 'not-found' });

    await list.answer.leave(grace, left.id);
    on.clock.set(at('09:00'));
    await worker.round();

    expect([(await entry(ada, late.id)).status, (await entry(grace, left.id)).status]).toEqual(['expired', 'left']);
    await expect(joined(ada, room)).rejects.toMatchObject({ code: 'validation-failed' });
  });

  it('offers all units of a pool, and no more, to as many', async () => {
    const pool = await given.aResource({ units: 3 });
    const [owner, ...waiting] = (await people(6)) as [Actor, ...Actor[]];
    const booked = [];
    for (let i = 0; i < 3; i++) booked.push(await on.book.execute(owner, wish(pool)));
    const entries = [];
    for (const it of waiting) entries.push(await joined(it, pool));

    for (const it of booked.slice(0, 2)) await on.cancel.execute(owner, { id: it.id, undoSeconds: 0 });
    await Promise.all([worker.round(), worker.round()]);
    await worker.round();

    const states = await Promise.all(entries.map(async (it, i) => (await entry(waiting[i]!, it.id)).status));
    expect(states).toEqual(['offered', 'offered', 'waiting', 'waiting', 'waiting']);
  });

  it('serves everything that is due, however few openings the planner expects', async () => {
    const rooms = [await given.aResource(), await given.aResource(), await given.aResource()];
    const waiting = await people(3);
    const entries = [];
    // PostgreSQL learns of one opening, and joins to a table of one as it does to no other.
    await db.asOwner(
      `insert into waitlist_opening (id, org_id, from_at, to_at, due_at) values (gen_random_uuid(), $1, '2027-01-01', '2027-01-02', '2027-01-01')`,
      [db.organizationId],
    );
    await db.asOwner('vacuum analyze waitlist_opening');
    for (const [i, it] of waiting.entries()) entries.push(await joined(it, rooms[i]!));
    await worker.round();
    await db.asOwner(`delete from waitlist_opening`);

    const states = await Promise.all(entries.map(async (it, i) => (await entry(waiting[i]!, it.id)).status));
    expect(states).toEqual(['offered', 'offered', 'offered']);
  });

  it('leaves neither a hold without an entry nor an entry without a hold when a worker dies in the middle', async () => {
    const room = await given.aResource();
    const [ada, grace] = (await people(2)) as [Actor, Actor];
    const [first, second] = [await joined(ada, room), await joined(grace, room)];
    const owner = new pg.Client({ connectionString: db.url });
    await owner.connect();
    await owner.query('begin');
    await owner.query('select from waitlist_entry where id = $1 for update', [first.id]);
    const dying = worker.round().catch((error: unknown) => error);
    const killed = async (): Promise<boolean> => {
      const sessions = await db.asOwner(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock' and query like '%from waitlist_entry where id%'`,
      );
      return sessions.length > 0;
    };
    while (!(await killed())) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await dying).toBeInstanceOf(Error);
    await owner.query('rollback');
    await owner.end();
    expect(await given.occupancyOf(room)).toEqual([]);
    expect([(await entry(ada, first.id)).status, (await entry(grace, second.id)).status]).toEqual(['waiting', 'waiting']);

    on.clock.set(new Date(at('08:00').getTime() + 3_000));
    await worker.round();

    expect([(await entry(ada, first.id)).status, (await entry(grace, second.id)).status]).toEqual(['offered', 'waiting']);
  });

  it('finds in its sweep what no event told', async () => {
    const room = await given.aResource();
    await given.aBlackout({ resource: room, from: at('00:00'), to: at('23:00') });
    const ada = await given.aPerson();
    const { id } = await joined(ada, room);
    await worker.round();
    expect((await entry(ada, id)).status).toBe('waiting');
    await db.asOwner('with gone as (delete from blackout) update resource set version = version + 1 where id = $1', [room.id]);

    await list.worker().serve.sweep();

    expect((await entry(ada, id)).status).toBe('offered');
  });
});

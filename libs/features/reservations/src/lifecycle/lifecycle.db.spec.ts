import { useDatabase } from '@berth/platform/testing';
import pg from 'pg';
import { at, from, reservationsGiven, reservationsOn } from '../testing';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);
const wish = (resource: { id: string }, when = from('09:00').to('10:00')) => ({ resourceIds: [resource.id], quantity: 1, ...when });

/** Starts, ends and no-shows since the file began, as they stand in the log. */
const log = async (): Promise<string[]> => {
  const rows = await db.asOwner<{ text: string }>(
    `select subject_id || ' ' || type as text from event
     where type in ('reservation.started', 'reservation.ended', 'reservation.no_show') and org_id = $1 order by position`,
    [db.organizationId],
  );
  return rows.map((it) => it.text);
};
const statusOf = async (it: { id: string }): Promise<string | undefined> =>
  (await db.asOwner<{ status: string }>('select status from reservation where id = $1', [it.id]))[0]?.status;

describe('Lifecycle', () => {
  beforeEach(async () => {
    on.clock.set(at('08:00'));
    await db.asOwner('update reservation set started_at = coalesce(started_at, now()), ended_at = coalesce(ended_at, now())');
  });

  it('tells a start at the start and an end at the end, each once, and nothing early', async () => {
    const booked = await on.book.execute(await given.aPerson(), wish(await given.aResource()));

    on.clock.set(at('08:59'));
    expect(await on.lifecycle.run()).toBe(0);
    on.clock.set(at('09:00'));
    expect([await on.lifecycle.run(), await on.lifecycle.run()]).toEqual([1, 0]);
    on.clock.set(at('10:00'));
    expect([await on.lifecycle.run(), await on.lifecycle.run()]).toEqual([1, 0]);

    expect(await given.eventsOf(booked)).toEqual(['reservation.created', 'reservation.started', 'reservation.ended']);
    expect(await statusOf(booked)).toBe('completed');
  });

  it('tells after an outage all that was missed, in its order, whatever the size of a batch', async () => {
    const ada = await given.aPerson();
    const expected: { at: number; text: string }[] = [];
    for (let i = 0; i < 10; i++) {
      const when = from(`1${i % 5}:00`, 7 + Math.floor(i / 5)).to(`1${(i % 5) + 2}:00`);
      const { id } = await on.book.execute(ada, wish(await given.aResource(), when));
      expected.push(
        { at: when.start.getTime(), text: `${id} reservation.started` },
        { at: when.end.getTime(), text: `${id} reservation.ended` },
      );
    }
    const before = (await log()).length;

    on.clock.set(at('08:00', 10));
    expect(await on.lifecycle.run(3)).toBe(20);

    const told = (await log()).slice(before);
    expect(told.map((text) => expected.find((it) => it.text === text)?.at)).toEqual(expected.map((it) => it.at).sort((a, b) => a - b));
    expect(new Set(told).size).toBe(20);
  });

  it('tells things once when several workers look at once', async () => {
    const ada = await given.aPerson();
    const booked = [];
    for (let i = 0; i < 12; i++) booked.push(await on.book.execute(ada, wish(await given.aResource())));
    on.clock.set(at('11:00'));

    await Promise.all(Array.from({ length: 6 }, () => on.lifecycle.run(5)));
    await on.lifecycle.run();

    for (const it of booked)
      expect((await given.eventsOf(it)).filter((type) => /started|ended/.test(type))).toEqual(['reservation.started', 'reservation.ended']);
  });

  it('tells nothing twice and loses nothing when the transaction of a worker dies', async () => {
    const booked = await on.book.execute(await given.aPerson(), wish(await given.aResource()));
    on.clock.set(at('09:00'));
    const owner = new pg.Client({ connectionString: db.url });
    await owner.connect();
    await owner.query('begin; lock table event in access exclusive mode');
    const dying = on.lifecycle.run().catch((error: unknown) => error);
    const killed = async (): Promise<boolean> => {
      const sessions = await db.asOwner(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock' and query like '%insert into event%'`,
      );
      return sessions.length > 0;
    };
    while (!(await killed())) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await dying).toBeInstanceOf(Error);
    await owner.end();
    expect(await given.eventsOf(booked)).toEqual(['reservation.created']);

    await on.lifecycle.run();

    expect(await given.eventsOf(booked)).toEqual(['reservation.created', 'reservation.started']);
  });

  it('ends what is cancelled while it runs, but not while that can be taken back', async () => {
    const ada = await given.aPerson();
    const [kept, left] = [
      await on.book.execute(ada, wish(await given.aResource())),
      await on.book.execute(ada, wish(await given.aResource())),
    ];
    on.clock.set(at('09:10'));
    await on.lifecycle.run();
    await on.cancel.execute(ada, { id: kept.id, undoSeconds: 30 });
    await on.cancel.execute(ada, { id: left.id, undoSeconds: 30 });
    await on.lifecycle.run();
    await on.restore.execute(ada, kept.id);

    on.clock.set(at('09:11'));
    await on.sweeper.sweep();
    await on.lifecycle.run();

    expect(await given.eventsOf(left)).toEqual([
      'reservation.created',
      'reservation.started',
      'reservation.cancelled',
      'reservation.ended',
    ]);
    expect((await given.eventsOf(kept)).at(-1)).toBe('reservation.restored');
    expect(await statusOf(left)).toBe('cancelled');
  });

  it('gives the time of who does not check in to others, where the policy asks for it', async () => {
    const resource = await given.aResource({ policy: { checkIn: { mode: 'required', before: 'PT15M', after: 'PT10M' } } });
    const booked = await on.book.execute(await given.aPerson(), wish(resource));
    on.clock.set(at('09:09'));
    await on.lifecycle.run();
    expect(await statusOf(booked)).toBe('confirmed');

    on.clock.set(at('09:10'));
    await on.lifecycle.run();

    expect(await given.eventsOf(booked)).toEqual([
      'reservation.created',
      'reservation.started',
      'reservation.no_show',
      'reservation.ended',
    ]);
    expect(await given.occupancyOf(resource)).toEqual([]);
    expect(await on.book.execute(await given.aPerson(), wish(resource, from('09:15').to('10:00')))).toMatchObject({ status: 'confirmed' });
  });

  it('finds out after an outage who did not show up, before it tells the end', async () => {
    const booked = await on.book.execute(
      await given.aPerson(),
      wish(await given.aResource({ policy: { checkIn: { mode: 'required', before: 'PT15M', after: 'PT15M' } } })),
    );
    on.clock.set(at('18:00'));

    await on.lifecycle.run();

    expect(await given.eventsOf(booked)).toEqual([
      'reservation.created',
      'reservation.started',
      'reservation.no_show',
      'reservation.ended',
    ]);
  });
});

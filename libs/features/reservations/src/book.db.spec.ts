import { useDatabase } from '@berth/platform/testing';
import { at, from, reservationsGiven, reservationsOn } from './testing';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);
const morning = from('09:00').to('10:00');
const wish = (resource: { id: string }, when = morning, quantity = 1) => ({ resourceIds: [resource.id], quantity, title: 'Sync', ...when });

describe('Book', () => {
  beforeEach(() => on.clock.set(at('08:00')));

  it('gives the time to one of many simultaneous bookings and tells the others why', async () => {
    const resource = await given.aResource();
    const people = await Promise.all(Array.from({ length: 20 }, () => given.aPerson()));

    const outcomes = await Promise.allSettled(people.map((it) => on.book.execute(it, wish(resource))));

    expect(outcomes.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
    for (const it of outcomes) {
      if (it.status === 'rejected')
        expect(it.reason).toMatchObject({
          code: 'reservation-conflict',
          extensions: { conflicts: [{ reason: 'overlap', title: 'Sync' }] },
        });
    }
    expect(await given.occupancyOf(resource)).toEqual(['1 07 09:00–07 10:00']);
  });

  it('lets a booking start the minute another ends', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    await on.book.execute(ada, wish(resource));

    expect(await on.book.execute(ada, wish(resource, from('10:00').to('11:00')))).toMatchObject({ status: 'confirmed' });
  });

  it('keeps the time around a booking for setting up and cleaning', async () => {
    const resource = await given.aResource({ policy: { bufferBefore: 'PT15M', bufferAfter: 'PT30M' } });
    const ada = await given.aPerson();
    await on.book.execute(ada, wish(resource));

    await expect(on.book.execute(ada, wish(resource, from('10:30').to('11:00')))).rejects.toMatchObject({ code: 'reservation-conflict' });
    expect(await on.book.execute(ada, wish(resource, from('10:45').to('11:15')))).toMatchObject({ start: '2026-12-07T10:45:00Z' });
    expect(await given.occupancyOf(resource)).toEqual(['1 07 08:45–07 10:30', '1 07 10:30–07 11:45']);
  });

  it('leaves nothing behind when a rule refuses, and names every rule', async () => {
    const resource = await given.aResource({ policy: { minNotice: 'PT2H', maxDuration: 'PT30M' } });

    await expect(on.book.execute(await given.aPerson(), wish(resource))).rejects.toMatchObject({
      code: 'policy-violation',
      extensions: {
        violations: [{ rule: 'min-notice' }, { rule: 'max-duration', limit: 'PT30M', given: 'PT1H', source: { level: 'resource' } }],
      },
    });

    expect(await db.asOwner('select from reservation_item where resource_id = $1', [resource.id])).toEqual([]);
  });

  it('judges by the rules of this moment, however old what it remembers', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    await on.book.execute(ada, wish(resource));
    await db.asOwner(`update resource set policy = '{"maxDuration":"PT30M"}', version = version + 1 where id = $1`, [resource.id]);

    await expect(on.book.execute(ada, wish(resource, from('12:00').to('13:00')))).rejects.toMatchObject({ code: 'policy-violation' });
  });

  it('notices what the organization changed, too', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    await on.book.execute(ada, wish(resource));
    await db.asOwner(`update organization set policy = '{"maxDuration":"PT30M"}', epoch = epoch + 1`);

    const refused = on.book.execute(ada, wish(resource, from('12:00').to('13:00')));

    await expect(refused).rejects.toMatchObject({
      code: 'policy-violation',
      extensions: { violations: [{ source: { level: 'organization' } }] },
    });
    await db.asOwner(`update organization set policy = '{}', epoch = epoch + 1`);
  });

  it('splits what runs over midnight, and blocks all of it', async () => {
    const resource = await given.aResource({ policy: { maxDuration: 'P30D' } });
    const ada = await given.aPerson();
    await on.book.execute(ada, wish(resource, { start: at('22:00', 7), end: at('06:00', 10) }));

    expect(await given.occupancyOf(resource)).toEqual([
      '1 07 22:00–08 00:00',
      '1 08 00:00–09 00:00',
      '1 09 00:00–10 00:00',
      '1 10 00:00–10 06:00',
    ]);
    await expect(on.book.execute(ada, wish(resource, { start: at('12:00', 9), end: at('13:00', 9) }))).rejects.toMatchObject({
      code: 'reservation-conflict',
    });
  });

  it('asks for approval where the resource does, and holds the time meanwhile', async () => {
    const resource = await given.aResource({ policy: { approval: { mode: 'required', deadline: 'P2D', approvers: [] } } });
    const ada = await given.aPerson();

    expect(await on.book.execute(ada, wish(resource))).toMatchObject({ status: 'pending', resources: [{ partstat: 'TENTATIVE' }] });
    await expect(on.book.execute(await given.aPerson(), wish(resource))).rejects.toMatchObject({ code: 'reservation-conflict' });
  });

  it('offers what would work instead, and it works', async () => {
    const type = await given.aType();
    const site = await given.aSite();
    const [taken, free] = [await given.aResource({ type, site }), await given.aResource({ type, site })];
    const ada = await given.aPerson();
    await on.book.execute(ada, wish(taken));

    const refusal = await on.book
      .execute(ada, wish(taken))
      .catch(
        (error: unknown) =>
          error as { extensions: { conflicts: { alternatives: { resourceId: string; start: string; end: string }[] }[] } },
      );
    const { alternatives } = (
      refusal as { extensions: { conflicts: { alternatives: { resourceId: string; start: string; end: string }[] }[] } }
    ).extensions.conflicts[0]!;

    expect(alternatives.map((it) => it.resourceId)).toContain(free.id);
    for (const it of alternatives)
      await on.book.execute(ada, wish({ id: it.resourceId }, { start: new Date(it.start), end: new Date(it.end) }));
  });

  it('says nothing of what a private reservation is about', async () => {
    const resource = await given.aResource();
    await on.book.execute(await given.aPerson(), { ...wish(resource), title: 'Secret', private: true });

    const refused = on.book.execute(await given.aPerson(), wish(resource));

    await expect(refused).rejects.toMatchObject({ extensions: { conflicts: [{ title: null }] } });
  });

  it('writes reservation, item, time and event together', async () => {
    const resource = await given.aResource();
    const booked = await on.book.execute(await given.aPerson(), wish(resource));

    expect(await given.eventsOf(booked)).toEqual(['reservation.created']);
    const [row] = await db.asOwner(
      `select r.status, i.partstat, r.version from reservation r join reservation_item i on i.reservation_id = r.id where r.id = $1`,
      [booked.id],
    );
    expect(row).toEqual({ status: 'confirmed', partstat: 'ACCEPTED', version: 1 });
  });

  it('answers a repeated request as the first time even when the rules have changed since', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const keyed = () => ({ ...ada, idempotency: { key: 'changed', fingerprint: Buffer.from('a'), replayed: false, claimed: false } });
    const first = await on.book.execute(keyed(), wish(resource));
    await db.asOwner(`update resource set status = 'maintenance', status_since = 'epoch', version = version + 1 where id = $1`, [
      resource.id,
    ]);

    expect(await on.book.execute(keyed(), wish(resource))).toEqual(first);
  });

  it('gives a repeated request its first answer, and refuses another with the same key', async () => {
    const resource = await given.aResource();
    const ada = await given.aPerson();
    const keyed = (body: string) => ({
      ...ada,
      idempotency: { key: 'k', fingerprint: Buffer.from(body), replayed: false, claimed: false },
    });
    const first = await on.book.execute(keyed('a'), wish(resource));

    const again = keyed('a');
    expect(await on.book.execute(again, wish(resource))).toEqual(first);
    expect(again.idempotency.replayed).toBe(true);
    await expect(on.book.execute(keyed('b'), wish(resource, from('14:00').to('15:00')))).rejects.toMatchObject({
      code: 'idempotency-key-reused',
    });
    expect(await given.occupancyOf(resource)).toHaveLength(1);
  });
});

describe('A pool', () => {
  it('takes as many at once as it has units, and never one more', async () => {
    const pool = await given.aResource({ units: 3 });
    const people = await Promise.all(Array.from({ length: 12 }, () => given.aPerson()));

    const outcomes = await Promise.allSettled(people.map((it) => on.book.execute(it, wish(pool))));

    expect(outcomes.filter((it) => it.status === 'fulfilled')).toHaveLength(3);
    expect(await given.occupancyOf(pool)).toEqual(['1 07 09:00–07 10:00', '2 07 09:00–07 10:00', '3 07 09:00–07 10:00']);
  });

  it('gives several units to one', async () => {
    const pool = await given.aResource({ units: 4 });
    const ada = await given.aPerson();
    await on.book.execute(ada, wish(pool, morning, 3));

    await expect(on.book.execute(ada, wish(pool, morning, 2))).rejects.toMatchObject({ code: 'reservation-conflict' });
    expect(await on.book.execute(ada, wish(pool, morning, 1))).toMatchObject({ status: 'confirmed' });
  });

  it('re-packs reservations over the units when only their sum is free', async () => {
    const pool = await given.aResource({ units: 2 });
    const ada = await given.aPerson();
    const booked = await on.book.execute(ada, wish(pool, from('09:00').to('10:00')));
    const other = await on.book.execute(ada, wish(pool, from('09:00').to('10:00')));
    await on.book.execute(ada, wish(pool, from('10:00').to('12:00')));
    await on.book.execute(ada, wish(pool, from('11:00').to('13:00')));
    // Lane 1: 09–10, 10–12. Lane 2: 09–10, 11–13. Nine to eleven is free on lane 2 once the other has gone.
    await on.cancel.execute(ada, { id: other.id, undoSeconds: 0 });

    expect(await on.book.execute(ada, wish(pool, from('09:00').to('11:00')))).toMatchObject({ status: 'confirmed' });
    expect(booked.status).toBe('confirmed');
  });
});

describe('A whole and its parts', () => {
  const hall = async () => {
    const whole = await given.aResource({ name: 'Hall' });
    const parts = [await given.aResource({ parent: whole }), await given.aResource({ parent: whole })] as const;
    return { whole, parts };
  };

  it('blocks the parts when the whole is booked, and the whole when a part is, but not the sibling', async () => {
    const { whole, parts } = await hall();
    const ada = await given.aPerson();

    await on.book.execute(ada, wish(parts[0]));
    await expect(on.book.execute(ada, wish(whole))).rejects.toMatchObject({ code: 'reservation-conflict' });
    await on.book.execute(ada, wish(parts[1]));
    await on.book.execute(ada, wish(whole, from('12:00').to('13:00')));
    await expect(on.book.execute(ada, wish(parts[1], from('12:30').to('13:30')))).rejects.toMatchObject({ code: 'reservation-conflict' });
  });

  it('lets whole and parts race without a deadlock or a double booking', async () => {
    const { whole, parts } = await hall();
    const ada = await given.aPerson();
    const wishes = Array.from({ length: 30 }, (_, i) => wish([whole, ...parts][i % 3] ?? whole));

    const outcomes = await Promise.allSettled(wishes.map((it) => on.book.execute(ada, it)));

    const won = outcomes.flatMap((it) => (it.status === 'fulfilled' ? it.value.resources[0]?.resourceId : []));
    expect(won.includes(whole.id) ? won : won.length).toEqual(won.includes(whole.id) ? [whole.id] : 2);
    expect(db.database.retries).toBe(0);
  });
});

describe('A bundle', () => {
  it('is booked as a whole or not at all', async () => {
    const [room, projector] = [await given.aResource(), await given.aResource()];
    const ada = await given.aPerson();
    await on.book.execute(ada, wish(projector));

    const refused = on.book.execute(ada, { ...wish(room), resourceIds: [room.id, projector.id] });

    await expect(refused).rejects.toMatchObject({
      code: 'reservation-conflict',
      extensions: { conflicts: [{ resourceId: projector.id }] },
    });
    expect(await given.occupancyOf(room)).toEqual([]);
    expect(await on.book.execute(ada, { ...wish(room, from('12:00').to('13:00')), resourceIds: [room.id, projector.id] })).toMatchObject({
      resources: [{}, {}],
    });
  });

  it('never waits in a circle, whatever the order', async () => {
    const things = await Promise.all(Array.from({ length: 4 }, () => given.aResource()));
    const ada = await given.aPerson();
    const ids = things.map((it) => it.id);

    await Promise.allSettled(
      Array.from({ length: 60 }, (_, i) => {
        const start = at(`${String(9 + (i % 5)).padStart(2, '0')}:00`);
        const order = i % 2 === 0 ? ids : [...ids].reverse();
        return on.book.execute(ada, { resourceIds: order.slice(i % 3), quantity: 1, start, end: new Date(start.getTime() + 3_600_000) });
      }),
    );

    const [partial] = await db.asOwner<{ n: number }>(
      `
      select count(*)::int as n from reservation r
      where exists (select from reservation_item i where i.reservation_id = r.id and i.resource_id = any($1::uuid[]))
        and (select count(*) from reservation_item i where i.reservation_id = r.id) <> (select count(*) from occupancy o where o.reservation_id = r.id)`,
      [ids],
    );
    expect(partial?.n).toBe(0);
    expect(db.database.retries).toBe(0);
  });
});

describe('The guard', () => {
  it('refuses an overlap whoever writes it', async () => {
    const resource = await given.aResource();
    const booked = await on.book.execute(await given.aPerson(), wish(resource));

    const written = db.asOwner(
      `insert into occupancy (org_id, leaf_id, lane, s, e, reservation_id) select org_id, leaf_id, lane, s + interval '30 minutes', e + interval '30 minutes', reservation_id from occupancy where reservation_id = $1`,
      [booked.id],
    );

    await expect(written).rejects.toMatchObject({ code: '23P01', constraint: 'occupancy_no_overlap' });
  });

  it.each([
    ['reservation', 'ends_at = starts_at', '31 days', 'reservation_length', 'id'],
    ['reservation_item', 'held_to = held_from', '33 days', 'reservation_item_length', 'reservation_id'],
  ])('lets nobody write a %s that reads would look for too late', async (table, span, longest, constraint, id) => {
    const { id: booked } = await on.book.execute(await given.aPerson(), wish(await given.aResource()));
    const lasting = (length: string) => db.asOwner(`update ${table} set ${span} + interval '${length}' where ${id} = $1`, [booked]);

    await lasting(longest);
    await expect(lasting(`${longest} 1 second`)).rejects.toMatchObject({ code: '23514', constraint });
  });
});

import type { Actor } from '@berth/platform/auth';
import { silentOutbox, useDatabase } from '@berth/platform/testing';
import { ChangeDetails } from './change-details';
import { at, from, reservationsGiven, reservationsOn } from './testing';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);
const fields = [
  { key: 'project', label: 'Project', kind: 'text', required: true, options: [] },
  { key: 'setup', label: 'Set-up', kind: 'select', required: false, options: ['rows', 'circle'] },
];

const changing = () => new ChangeDetails(db.database, on.queries, silentOutbox(), on.clock, on.catalogue);

async function asking(asked: readonly object[] = fields) {
  const type = await given.aType();
  await db.asOwner('update resource_type set fields = $2 where id = $1', [type.id, JSON.stringify(asked)]);
  return given.aResource({ type });
}
const wish = (resource: { id: string }, customFields?: Record<string, unknown>, start = '09:00', end = '10:00') => ({
  resourceIds: [resource.id],
  quantity: 1,
  ...from(start).to(end),
  customFields,
});

beforeEach(() => on.clock.set(at('08:00')));

describe('Custom fields of a reservation', () => {
  it('are asked by every door that books', async () => {
    const resource = await asking();
    const ada = await given.aPerson();
    const missing = { code: 'validation-failed', extensions: { errors: [{ pointer: '/customFields/project', code: 'required' }] } };

    await expect(on.book.execute(ada, wish(resource))).rejects.toMatchObject(missing);
    await expect(on.check.execute(ada, wish(resource))).rejects.toMatchObject(missing);
    const body = { resourceId: resource.id, start: at('09:00').toISOString(), end: at('10:00').toISOString() };
    const many = await on.bulk.book.execute(ada, { mode: 'bestEffort', items: [body], language: 'en', patience: Infinity });
    expect(many).toMatchObject({ results: [{ status: 400, problem: { code: 'validation-failed' } }] });
    // Holding a time asks nothing yet.
    await expect(on.hold.execute(ada, wish(resource))).resolves.toMatchObject({ resourceId: resource.id });
  });

  it('are kept, shown to those who may see them, and no others', async () => {
    const resource = await asking();
    const ada = await given.aPerson();
    const booked = await on.book.execute(ada, { ...wish(resource, { project: 'Apollo', setup: '' }), private: true });

    expect(booked.customFields).toEqual({ project: 'Apollo' });
    expect((await on.queries.one(ada, booked.id)).customFields).toEqual({ project: 'Apollo' });
    expect((await on.queries.one(await given.aPerson(), booked.id)).customFields).toEqual({});
  });

  it('refuse what is not an option, and what nobody asked', async () => {
    const resource = await asking();

    const refused = on.book.execute(await given.aPerson(), wish(resource, { project: 'x', setup: 'heap', colour: 'red' }));

    await expect(refused).rejects.toMatchObject({
      extensions: { errors: [{ pointer: '/customFields/colour' }, { pointer: '/customFields/setup', code: 'not-an-option' }] },
    });
    expect(await given.occupancyOf(resource)).toEqual([]);
  });

  it('are changed one by one, and none that is required is taken back', async () => {
    const resource = await asking();
    const ada = await given.aPerson();
    const booked = await on.book.execute(ada, wish(resource, { project: 'Apollo', setup: 'rows' }));
    const change = changing();

    expect((await change.execute(ada, booked.id, { customFields: { setup: null } })).customFields).toEqual({ project: 'Apollo' });
    await expect(change.execute(ada, booked.id, { customFields: { project: null } })).rejects.toMatchObject({ code: 'validation-failed' });
    expect((await change.execute(ada, booked.id, { title: 'Sync' })).customFields).toEqual({ project: 'Apollo' });
  });

  it('go with the parts when a reservation is split', async () => {
    const resource = await asking();
    const ada = await given.aPerson();
    const booked = await on.book.execute(ada, wish(resource, { project: 'Apollo' }, '09:00', '12:00'));

    const done = await on.editIntervals.execute(ada, { id: booked.id, intervals: [from('09:00').to('10:00'), from('11:00').to('12:00')] });

    for (const id of [...done.updated, ...done.created])
      expect((await on.queries.one(ada, id)).customFields).toEqual({ project: 'Apollo' });
  });

  it('take the default where nothing is said, and nothing where that is said', async () => {
    const resource = await asking([{ ...fields[1]!, default: 'rows' }]);
    const ada = await given.aPerson();

    expect((await on.book.execute(ada, wish(resource))).customFields).toEqual({ setup: 'rows' });
    expect((await on.book.execute(ada, wish(resource, { setup: null }, '11:00', '12:00'))).customFields).toEqual({});
  });
});

describe('Custom fields of a reservation that moves to a resource that asks', () => {
  const moved = async () => {
    const [ada, desk, lab] = [await given.aPerson(), await asking([fields[1]!]), await asking()];
    const { id } = await on.book.execute(ada, wish(desk, { setup: 'rows' }));
    return { ada, desk, lab, id };
  };

  it('are asked for by name, and nothing moves without them', async () => {
    const { ada, desk, lab, id } = await moved();
    const missing = { code: 'validation-failed', extensions: { errors: [{ pointer: '/customFields/project', code: 'required' }] } };

    await expect(on.move.execute(ada, { id, resourceId: lab.id })).rejects.toMatchObject(missing);
    await expect(on.move.tryOut(ada, { id, resourceId: lab.id })).rejects.toMatchObject(missing);

    expect(await given.occupancyOf(desk)).toEqual(['1 07 09:00–07 10:00']);
    // In its own time and place nothing new is asked.
    await db.asOwner('update resource_type t set fields = $2 from resource r where r.type_id = t.id and r.id = $1', [
      ...[desk.id, JSON.stringify([{ ...fields[0], key: 'badge' }])],
    ]);
    await expect(on.move.execute(ada, { id, ...from('11:00').to('12:00') })).resolves.toMatchObject({ start: '2026-12-07T11:00:00Z' });
  });

  it('come with the move, beside those given before, so that it can go back', async () => {
    const { ada, desk, lab, id } = await moved();

    const there = await on.move.execute(ada, { id, resourceId: lab.id, customFields: { project: 'Apollo' } });
    const back = await on.move.execute(ada, { id, resourceId: desk.id });

    expect([there.customFields, back.customFields]).toEqual([
      { setup: 'rows', project: 'Apollo' },
      { setup: 'rows', project: 'Apollo' },
    ]);
  });

  it('say first that the time is taken to whoever only tries', async () => {
    const { ada, lab, id } = await moved();
    await on.book.execute(await given.aPerson(), wish(lab, { project: 'Gemini' }));

    await expect(on.move.tryOut(ada, { id, resourceId: lab.id })).rejects.toMatchObject({ code: 'reservation-conflict' });
  });
});

describe('Custom fields of a series', () => {
  const weekly = (resource: { id: string }, rrule = 'FREQ=WEEKLY;COUNT=3') => ({
    wish: { resourceIds: [resource.id], quantity: 1, ...from('09:00').to('10:00'), customFields: { project: 'Apollo' } },
    ...{ rrule, exdates: [], rdates: [], onConflict: 'fail' as const, resolutions: [] },
  });
  const change = { details: {}, onConflict: 'fail' } as const;
  const answersOf = async (actor: Actor, { occurrences }: { occurrences: readonly { id: string }[] }) =>
    Promise.all(occurrences.map(async (it) => (await on.queries.one(actor, it.id)).customFields['project']));

  it('are those of the dates a new rule adds, and each that stands keeps its own', async () => {
    const ada = await given.aPerson();
    const booked = await on.series.book.execute(ada, weekly(await asking()));
    await changing().execute(ada, booked.occurrences[2]!.id, { customFields: { project: 'Gemini' } });

    const longer = await on.series.change.execute(ada, { ...change, id: booked.series.id, scope: 'all', rrule: 'FREQ=WEEKLY;COUNT=5' });

    expect(await answersOf(ada, longer)).toEqual(['Apollo', 'Apollo', 'Gemini', 'Apollo', 'Apollo']);
  });

  it('change for all that is to come, and for what comes later', async () => {
    const resource = await asking();
    await db.asOwner(`update resource set policy = '{"horizon": "P10D"}', version = version + 1 where id = $1`, [resource.id]);
    const ada = await given.aPerson();
    const booked = await on.series.book.execute(ada, weekly(resource, 'FREQ=WEEKLY'));
    await on.series.change.execute(ada, {
      ...change,
      id: booked.series.id,
      scope: 'all',
      details: { customFields: { project: 'Gemini', setup: '' } },
    });
    on.clock.set(at('08:00', 22));

    await on.series.extender.run();

    expect(await answersOf(ada, await on.series.queries.one(ada, booked.series.id))).toEqual(['Gemini', 'Gemini', 'Gemini', 'Gemini']);
  });

  it('go with the part that is changed from one date on, which may answer anew', async () => {
    const ada = await given.aPerson();
    const booked = await on.series.book.execute(ada, weekly(await asking()));

    const later = await on.series.change.execute(ada, {
      ...{ ...change, id: booked.series.id, scope: 'following', recurrenceId: at('09:00', 14) },
      ...{ rrule: 'FREQ=WEEKLY;COUNT=3', details: { customFields: { project: 'Gemini' } } },
    });

    expect(await answersOf(ada, later)).toEqual(['Gemini', 'Gemini', 'Gemini']);
    expect(await answersOf(ada, booked)).toEqual(['Apollo', 'Gemini', 'Gemini']);
  });

  it('are asked for where all of it, or a date that was skipped, goes to a resource that asks', async () => {
    const [ada, plain, lab] = [await given.aPerson(), await given.aResource(), await asking()];
    const { wish: wished, ...rest } = weekly(plain);
    const skipped = [{ recurrenceId: at('09:00'), use: 'skip' as const }];
    const { series } = await on.series.book.execute(ada, { ...rest, wish: { ...wished, customFields: {} }, resolutions: skipped });
    const missing = { extensions: { errors: [{ pointer: '/customFields/project', code: 'required' }] } };

    const all = { ...change, id: series.id, scope: 'all' as const, resourceId: lab.id };
    await expect(on.series.change.execute(ada, all)).rejects.toMatchObject(missing);
    const date = { id: series.id, recurrenceId: at('09:00'), resourceId: lab.id };
    await expect(on.series.fill.execute(ada, date)).rejects.toMatchObject(missing);

    const there = await on.series.change.execute(ada, { ...all, details: { customFields: { project: 'Apollo' } } });
    expect(there.series.resources.map((it) => it.resourceId)).toEqual([lab.id]);
    expect(await answersOf(ada, there)).toEqual(['Apollo', 'Apollo', 'Apollo']);
  });

  it('are given with a date that is filled, here and on a resource that asks others', async () => {
    const [ada, room] = [await given.aPerson(), await asking()];
    const lab = await asking([{ key: 'sample', label: 'Sample', kind: 'text', required: true, options: [] }]);
    const resolutions = [{ recurrenceId: at('09:00'), use: 'skip' as const }];
    const one = await on.series.book.execute(ada, { ...weekly(room), resolutions });
    const two = await on.series.book.execute(ada, { ...weekly(await asking()), resolutions });
    const here = { id: one.series.id, recurrenceId: at('09:00'), customFields: { setup: 'circle' } };
    const there = { id: two.series.id, recurrenceId: at('09:00'), resourceId: lab.id };

    const wrong = { errors: [{ pointer: '/customFields/setup' }] };
    await expect(on.series.fill.execute(ada, { ...here, customFields: { setup: 'heap' } })).rejects.toMatchObject({ extensions: wrong });
    const filled = await on.series.fill.execute(ada, here);
    expect((await on.queries.one(ada, filled.occurrences[0]!.id)).customFields).toEqual({ project: 'Apollo', setup: 'circle' });

    await expect(on.series.fill.execute(ada, there)).rejects.toMatchObject({ code: 'validation-failed' });
    const moved = await on.series.fill.execute(ada, { ...there, customFields: { sample: '44' } });
    expect((await on.queries.one(ada, moved.occurrences[0]!.id)).customFields).toMatchObject({ sample: '44' });
  });

  it('are refused where a required one is taken back', async () => {
    const ada = await given.aPerson();
    const { series } = await on.series.book.execute(ada, weekly(await asking()));

    const refused = on.series.change.execute(ada, { ...change, id: series.id, scope: 'all', details: { customFields: { project: null } } });

    await expect(refused).rejects.toMatchObject({ extensions: { errors: [{ pointer: '/customFields/project', code: 'required' }] } });
  });
});

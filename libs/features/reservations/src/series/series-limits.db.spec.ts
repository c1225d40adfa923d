import { useDatabase } from '@berth/platform/testing';
import fc from 'fast-check';
import { at, from, reservationsGiven, reservationsOn } from '../testing';
import type { SeriesWish } from './series-wish';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);

const series = (resource: { id: string }, more: Partial<SeriesWish> = {}, time = from('09:00').to('11:00')): SeriesWish => ({
  ...{ wish: { resourceIds: [resource.id], quantity: 1, title: 'Sync', ...time }, rrule: 'FREQ=DAILY;COUNT=4' },
  ...{ exdates: [], rdates: [], onConflict: 'fail', resolutions: [] },
  ...more,
});
const outcome = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'booked',
    (error: { code?: string }) => error.code ?? String(error),
  );

describe('The limits per person of a series', () => {
  beforeEach(() => on.clock.set(at('08:00')));

  it('count its own dates, in the preview as in the booking', async () => {
    const room = await given.aResource({ policy: { maxPerWeekPerPerson: 'PT5H' } });
    const ada = await given.aPerson();

    const check = await on.series.check.execute(ada, series(room));
    const skipping = await on.series.check.execute(ada, series(room, { onConflict: 'skip' }));

    expect(check.bookable).toBe(false);
    expect(check.occurrences.map((it) => it.verdict)).toEqual(['free', 'free', 'refused', 'refused']);
    expect(check.violations[0]).toMatchObject({ rule: 'max-per-week', limit: 'PT5H', given: 'PT6H', recurrenceId: '2026-12-09T09:00:00Z' });
    await expect(on.series.book.execute(ada, series(room))).rejects.toMatchObject({ code: 'policy-violation' });
    expect(skipping.bookable).toBe(true);
    const { occurrences } = await on.series.book.execute(ada, series(room, { onConflict: 'skip' }));
    expect(occurrences.map((it) => it.status)).toEqual(['confirmed', 'confirmed', 'skipped', 'skipped']);
  });

  it('do not count what a series has against its own change', async () => {
    const room = await given.aResource({ policy: { maxPerWeekPerPerson: 'PT8H', maxConcurrentPerPerson: 1 } });
    const ada = await given.aPerson();
    const { series: booked } = await on.series.book.execute(ada, series(room));

    const later = { id: booked.id, scope: 'all' as const, details: {}, onConflict: 'fail' as const, start: at('10:00'), end: at('12:00') };
    const { occurrences } = await on.series.change.execute(ada, later);

    expect(occurrences.map((it) => [it.start.slice(8, 16), it.status])).toEqual(
      ['07', '08', '09', '10'].map((day) => [`${day}T10:00`, 'confirmed']),
    );
    await expect(on.series.change.execute(ada, { ...later, end: at('13:00') })).rejects.toMatchObject({ code: 'policy-violation' });
  });

  it('hold when one person sends several series at the same instant', async () => {
    const type = await given.aType({ policy: { maxPerWeekPerPerson: 'PT8H' } });
    const rooms = [await given.aResource({ type }), await given.aResource({ type }), await given.aResource({ type, units: 3 })];
    const ada = await given.aPerson();

    const outcomes = await Promise.all(rooms.map((it) => outcome(on.series.book.execute(ada, series(it)))));

    expect(outcomes.sort()).toEqual(['booked', 'policy-violation', 'policy-violation']);
  });

  it('never part preview and booking, whatever the rule, the limits and what is there already', async () => {
    const hour = fc.integer({ min: 9, max: 16 });
    const existing = fc.array(fc.record({ day: fc.integer({ min: 7, max: 13 }), hour, isOwn: fc.boolean() }), { maxLength: 5 });
    const example = fc.record({
      existing,
      hour,
      hours: fc.integer({ min: 1, max: 3 }),
      perWeek: fc.constantFrom('none', 'PT2H', 'PT5H', 'PT9H'),
      atOnce: fc.constantFrom('none' as const, 1, 2),
      rrule: fc.constantFrom('FREQ=DAILY;COUNT=5', 'FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=5', 'FREQ=WEEKLY;COUNT=3'),
      onConflict: fc.constantFrom('fail' as const, 'skip' as const),
      units: fc.constantFrom(1, 2),
    });
    const time = (day: number, start: number, length: number) => ({
      start: new Date(at('00:00', day).getTime() + start * 3_600_000),
      end: new Date(at('00:00', day).getTime() + (start + length) * 3_600_000),
    });
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(example, async (it) => {
        const type = await given.aType({ policy: { maxPerWeekPerPerson: it.perWeek, maxConcurrentPerPerson: it.atOnce } });
        const [room, other] = [await given.aResource({ type, units: it.units }), await given.aResource({ type })];
        const [ada, rival] = [await given.aPerson(), await given.aPerson()];
        // Ada's own lie elsewhere and count for her limits, the rival's are in the way.
        for (const { day, hour: start, isOwn } of it.existing) {
          const wish = { resourceIds: [isOwn ? other.id : room.id], quantity: isOwn ? 1 : it.units, ...time(day, start, 1) };
          await outcome(on.book.execute(isOwn ? ada : rival, wish));
        }
        const wish = series(room, { rrule: it.rrule, onConflict: it.onConflict }, time(7, it.hour, it.hours));

        const preview = await on.series.check.execute(ada, wish);
        const booked = await on.series.book.execute(ada, wish).catch(() => undefined);

        expect(booked !== undefined).toBe(preview.bookable);
        for (const { verdict } of preview.occurrences) seen.add(verdict);
        if (!booked) return;
        const free = preview.occurrences.map(({ recurrenceId, verdict }) => [recurrenceId, verdict === 'free' ? 'confirmed' : 'skipped']);
        expect(booked.occurrences.map(({ recurrenceId, status }) => [recurrenceId, status])).toEqual(free);
      }),
      { numRuns: 60, seed: 20261121 },
    );
    expect([...seen].sort()).toEqual(['conflict', 'free', 'refused']);
  });
});

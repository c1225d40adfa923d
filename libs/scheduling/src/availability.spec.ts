import { addMinutes, intersect, overlaps, subtract, union, type Interval } from '@berth/kernel';
import * as fc from 'fast-check';
import { availableSlots, firstGap, freeTime, nextAvailable } from './availability';
import { heldPeriod } from './booking-policy';
import { openIntervals } from './opening-hours';
import { brokenRules } from './rules';
import { isOnGrid } from './slot-grid';
import { PARIS, daily, local, onResource, someTerms, span } from './testing';

const now = local('2027-03-22T06:00');
const monday = span('2027-03-22T00:00', '2027-03-23T00:00');
const hours = daily({ opens: '08:00', closes: '12:00' });

const list = (slots: Iterable<Interval>): Interval[] => [...slots];

describe('freeTime', () => {
  it('is open, minus blackouts, minus busy', () => {
    const free = freeTime(monday, {
      open: openIntervals(hours, PARIS, monday),
      blackouts: [span('2027-03-22T08:00', '2027-03-22T09:00')],
      busy: [span('2027-03-22T10:00', '2027-03-22T10:30')],
    });

    expect(free).toEqual([span('2027-03-22T09:00', '2027-03-22T10:00'), span('2027-03-22T10:30', '2027-03-22T12:00')]);
  });

  it('and what is not free make up the window, whatever is open, blacked out or busy', () => {
    const anInterval = fc
      .tuple(fc.integer({ min: -300, max: 1500 }), fc.integer({ min: 1, max: 400 }))
      .map(([start, length]) => ({ start: addMinutes(monday.start, start), end: addMinutes(monday.start, start + length) }));
    const intervals = fc.array(anInterval, { maxLength: 6 });
    fc.assert(
      fc.property(intervals, intervals, intervals, (open, blackouts, busy) => {
        const free = freeTime(monday, { open, blackouts, busy });
        const blocked = union(subtract([monday], open), intersect([monday], [...blackouts, ...busy]));

        expect(union(free, blocked)).toEqual([monday]);
        expect(intersect(free, blocked)).toEqual([]);
        expect(freeTime(monday, { open: [...open].reverse(), blackouts: busy, busy: blackouts })).toEqual(free);
      }),
    );
  });
});

describe('firstGap', () => {
  it('is the first stretch that is long enough', () => {
    const free = [span('2027-03-22T08:00', '2027-03-22T08:30'), span('2027-03-22T09:00', '2027-03-22T10:00')];

    expect(firstGap(free, 30)).toEqual(free[0]);
    expect(firstGap(free, 31)).toEqual(free[1]);
    expect(firstGap(free, 61)).toBeUndefined();
  });
});

describe('availableSlots', () => {
  it('begin on each step of the grid while the length fits', () => {
    const slots = list(availableSlots(someTerms({ hours, policy: { slotStep: 60 } }), { window: monday, minutes: 120, busy: [], now }));

    expect(slots).toEqual([
      span('2027-03-22T08:00', '2027-03-22T10:00'),
      span('2027-03-22T09:00', '2027-03-22T11:00'),
      span('2027-03-22T10:00', '2027-03-22T12:00'),
    ]);
  });

  it('keep a slot that touches busy time, and leave room for its own buffers', () => {
    const busy = [span('2027-03-22T09:00', '2027-03-22T10:00')];
    const bare = someTerms({ hours, policy: { slotStep: 30 } });
    const buffered = someTerms({ hours, policy: { slotStep: 30, bufferBefore: 30, bufferAfter: 15 } });
    const query = { window: monday, minutes: 60, busy, now };

    expect(list(availableSlots(bare, query)).map((it) => it.start)).toEqual(
      ['08:00', '10:00', '10:30', '11:00'].map((it) => local(`2027-03-22T${it}`)),
    );
    expect(list(availableSlots(buffered, query)).map((it) => it.start)).toEqual(['10:30', '11:00'].map((it) => local(`2027-03-22T${it}`)));
  });

  it('are none of a length that the policy refuses or an archived resource', () => {
    const query = { window: monday, minutes: 90, busy: [], now };

    expect(list(availableSlots(someTerms({ policy: { maxDuration: 60 } }), query))).toEqual([]);
    expect(list(availableSlots(someTerms({ policy: { minDuration: 120 } }), query))).toEqual([]);
    expect(list(availableSlots(someTerms({ state: { status: 'archived' } }), query))).toEqual([]);
  });

  it('come twice an hour through the hour that comes twice, and not at all in the one left out', () => {
    const terms = someTerms({ policy: { slotStep: 30, minDuration: 30, horizon: 366 * 1440 } });
    const query = { minutes: 30, busy: [], now };

    expect(list(availableSlots(terms, { ...query, window: span('2027-10-31T00:00', '2027-11-01T00:00') }))).toHaveLength(50);
    expect(list(availableSlots(terms, { ...query, window: span('2027-03-28T00:00', '2027-03-29T00:00') }))).toHaveLength(46);
  });

  it('are exactly the periods that break no rule and nobody has', () => {
    const aSpan = fc.tuple(fc.integer({ min: 0, max: 1440 }), fc.integer({ min: 15, max: 300 }));
    const spanAt = (base: Date, [start, length]: readonly [number, number]): Interval => ({
      start: addMinutes(base, start),
      end: addMinutes(base, start + length),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(monday.start, local('2027-03-28T00:00'), local('2027-10-31T00:00')),
        fc.constantFrom(15, 30, 60, 90),
        fc.constantFrom(15, 30, 60, 120),
        fc.array(aSpan, { maxLength: 4 }),
        aSpan,
        fc.tuple(fc.integer({ min: 0, max: 45 }), fc.integer({ min: 0, max: 45 })),
        fc.constantFrom(0, 300),
        (base, slotStep, minutes, taken, blackout, [bufferBefore, bufferAfter], minNotice) => {
          const terms = someTerms({
            policy: { slotStep, bufferBefore, bufferAfter, minNotice, horizon: 300 * 1440 },
            hours: daily({ opens: '01:00', closes: '12:00' }, { opens: '13:00', closes: '24:00' }),
            blackouts: [{ ...spanAt(base, blackout), source: onResource }],
          });
          const busy = taken.map((it) => spanAt(base, it));
          const window = { start: base, end: addMinutes(base, 1440) };

          const slots = list(availableSlots(terms, { window, minutes, busy, now }));

          const expected = Array.from({ length: 1440 / 15 }, (_, index) => spanAt(base, [index * 15, minutes]))
            .filter((it) => isOnGrid({ step: slotStep, timeZone: PARIS }, it.start) && it.end.getTime() <= window.end.getTime())
            .filter((it) => brokenRules(terms, { ...it, quantity: 1 }, now).length === 0)
            .filter((it) => !busy.some((other) => overlaps(other, heldPeriod(terms.policy, it))));
          expect(slots).toEqual(expected);
          expect(nextAvailable(terms, { window, minutes, busy, now })).toEqual(expected[0]);
        },
      ),
      { numRuns: 40 },
    );
  });
});

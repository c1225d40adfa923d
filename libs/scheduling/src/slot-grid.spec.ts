import { MINUTE, addMinutes } from '@berth/kernel';
import * as fc from 'fast-check';
import { isOnGrid, nearestSlot, slotAtOrAfter, slotAtOrBefore, type SlotGrid } from './slot-grid';
import { LORD_HOWE, PARIS, local } from './testing';

const quarters: SlotGrid = { step: 15, timeZone: PARIS };

describe('the slot grid', () => {
  it('counts from midnight on the clock of the zone', () => {
    expect(isOnGrid(quarters, local('2027-03-22T10:15'))).toBe(true);
    expect(isOnGrid(quarters, local('2027-03-22T10:20'))).toBe(false);
    expect(isOnGrid(quarters, new Date(local('2027-03-22T10:15').getTime() + 1))).toBe(false);
    expect(isOnGrid({ step: 60, timeZone: 'Asia/Kolkata' }, local('2027-03-22T10:00', 'Asia/Kolkata'))).toBe(true);
    expect(isOnGrid({ step: 60, timeZone: 'UTC' }, local('2027-03-22T10:00', 'Asia/Kolkata'))).toBe(false);
  });

  it('finds the boundary on either side, and stays on one', () => {
    const seven = local('2027-03-22T10:07');

    expect(slotAtOrBefore(quarters, seven)).toEqual(local('2027-03-22T10:00'));
    expect(slotAtOrAfter(quarters, seven)).toEqual(local('2027-03-22T10:15'));
    expect(nearestSlot(quarters, seven)).toEqual(local('2027-03-22T10:00'));
    expect(nearestSlot(quarters, local('2027-03-22T10:08'))).toEqual(local('2027-03-22T10:15'));
    expect(slotAtOrAfter(quarters, local('2027-03-22T10:15'))).toEqual(local('2027-03-22T10:15'));
  });

  it('looks at seconds too, and takes the earlier of two equally near boundaries', () => {
    const justBefore = new Date(local('2027-03-22T10:15').getTime() - 1);
    const justAfter = new Date(local('2027-03-22T10:15').getTime() + 1);

    expect(slotAtOrBefore(quarters, justBefore)).toEqual(local('2027-03-22T10:00'));
    expect(slotAtOrAfter(quarters, justAfter)).toEqual(local('2027-03-22T10:30'));
    expect(nearestSlot({ step: 30, timeZone: PARIS }, local('2027-03-22T10:15'))).toEqual(local('2027-03-22T10:00'));
  });

  it('begins again at midnight where the step does not divide the day', () => {
    const odd: SlotGrid = { step: 7 * 60, timeZone: PARIS };

    expect(slotAtOrAfter(odd, local('2027-03-22T21:30'))).toEqual(local('2027-03-23T00:00'));
    expect(slotAtOrBefore(odd, local('2027-03-22T23:30'))).toEqual(local('2027-03-22T21:00'));
  });

  it('keeps to the clock on 28 March and 31 October 2027', () => {
    const two: SlotGrid = { step: 120, timeZone: PARIS };

    // 02:00 does not exist, so the slot from 00:00 lasts until 04:00, three hours later.
    expect(slotAtOrAfter(two, new Date('2027-03-28T00:30:00Z'))).toEqual(local('2027-03-28T04:00'));
    expect(slotAtOrBefore(two, local('2027-03-28T03:30'))).toEqual(local('2027-03-28T00:00'));
    // 02:00 comes twice, and is a boundary both times.
    expect(slotAtOrBefore(two, new Date('2027-10-31T01:30:00Z'))).toEqual(new Date('2027-10-31T01:00:00Z'));
    expect(slotAtOrBefore(two, new Date('2027-10-31T00:30:00Z'))).toEqual(new Date('2027-10-31T00:00:00Z'));
  });

  it('finds the nearest boundary in every zone on every day, as looking minute by minute does', () => {
    const zone = fc.constantFrom(PARIS, LORD_HOWE, 'UTC', 'America/Nuuk', 'Africa/Cairo', 'Asia/Kathmandu');
    const step = fc.constantFrom(1, 5, 7, 15, 30, 45, 60, 90, 120, 240, 1440);
    // Around the clock changes of 2027 in all of these.
    const change = fc.constantFrom('2027-03-28T01:00', '2027-10-31T01:00', '2027-04-03T15:00', '2027-10-02T15:30', '2027-04-29T22:00');
    fc.assert(
      fc.property(zone, step, change, fc.integer({ min: -1500, max: 1500 }), (timeZone, minutes, around, offset) => {
        const grid = { step: minutes, timeZone };
        const instant = addMinutes(new Date(`${around}:00Z`), offset);

        expect(slotAtOrBefore(grid, instant)).toEqual(walk(grid, instant, -1));
        expect(slotAtOrAfter(grid, instant)).toEqual(walk(grid, instant, 1));
      }),
    );
  });

  function walk(grid: SlotGrid, from: Date, direction: 1 | -1): Date {
    let at = from;
    while (!isOnGrid(grid, at)) at = new Date(at.getTime() + direction * MINUTE);
    return at;
  }
});

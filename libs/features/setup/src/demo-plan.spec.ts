import { addDays, weekdayOf } from '@berth/kernel';
import { demoPeople, demoResources } from './demo-data';
import { demoPlan, type DemoBooking } from './demo-plan';

const days = Array.from({ length: 30 }, (_, i) => addDays('2026-11-16', i));
const own = (bookings: readonly DemoBooking[], date: string): DemoBooking[] =>
  bookings.filter((it) => it.person === null && it.date === date);

describe.each(days)('The plan of the demo from %s on', (today) => {
  const plan = demoPlan(today);
  const all = [...plan.givenBack, ...plan.series, ...plan.bookings, ...plan.waits];

  it('names only people and things there are', () => {
    const people = new Set<string | null>([null, ...demoPeople.map((it) => it.name)]);
    const resources = new Set(demoResources.map((it) => it.name));

    expect(all.filter((it) => !people.has(it.person) || !resources.has(it.resource))).toEqual([]);
  });

  it('lies on workdays within working hours but for some work at the weekend, and ends after it begins', () => {
    for (const it of all) {
      expect(it.from >= '08:00' && it.to <= '18:00' && (it.lastDate !== undefined || it.from < it.to)).toBe(true);
      expect(weekdayOf(it.date)).toBeLessThan(7);
    }
    const onSaturdays = plan.bookings.filter((it) => weekdayOf(it.date) === 6).length;
    expect(onSaturdays).toBeLessThan(plan.bookings.length / 20);
  });

  it('has nobody in two meetings at once, and nothing taken twice that there is once', () => {
    const byPerson = Map.groupBy(
      plan.bookings.filter((it) => it.title !== null && it.lastDate === undefined),
      (it) => `${it.person} ${it.date}`,
    );
    for (const meetings of byPerson.values()) expect(clashes(meetings)).toEqual([]);
    const byResource = Map.groupBy(plan.bookings, (it) => `${it.resource} ${it.date}`);
    for (const bookings of byResource.values()) expect(clashes(bookings)).toEqual([]);
  });

  it('gives the administrator a day like others', () => {
    for (const date of days.filter((it) => weekdayOf(it) <= 5 && it >= today && it < addDays(today, 14))) {
      expect(own(plan.bookings, date).length).toBeGreaterThanOrEqual(1);
      expect(own(plan.bookings, date).length).toBeLessThanOrEqual(3);
    }
  });

  it('is spread over people and subjects, and some of it is private', () => {
    const booked = Map.groupBy(plan.bookings, (it) => it.person);

    expect(booked.size).toBeGreaterThan(30);
    expect(Math.max(...[...booked.values()].map((it) => it.length))).toBeLessThan(plan.bookings.length / 10);
    expect(new Set(plan.bookings.map((it) => it.title)).size).toBeGreaterThan(25);
    expect(plan.bookings.filter((it) => it.private).length).toBeGreaterThan(5);
  });

  it('is the same at every hour of the day', () => {
    expect(demoPlan(today)).toEqual(plan);
  });
});

function clashes(bookings: readonly DemoBooking[]): DemoBooking[] {
  return bookings.filter((a, i) => bookings.some((b, j) => j > i && a.from < b.to && b.from < a.to));
}

import { addDays, daysBetween, weekdayOf } from '@berth/kernel';
import { demoPeople, demoResources, type DemoResource, type DemoSite } from './demo-data';

/** Something somebody does somewhere, by the clock of the place. */
export interface DemoBooking {
  /** The name of one of the people; null is the administrator. */
  readonly person: string | null;
  readonly resource: string;
  readonly date: string;
  /** `HH:MM`. */
  readonly from: string;
  readonly to: string;
  /** Where it ends on a later date. */
  readonly lastDate?: string;
  readonly title: string | null;
  readonly attendees?: number;
  readonly private?: boolean;
}

export interface DemoSeries extends DemoBooking {
  readonly rrule: string;
}

/** Two weeks of an organization, in the order in which it comes about. */
export interface DemoPlan {
  /** Booked first and given back last: a series misses a date that is free by then, and somebody who waits is offered a time. */
  readonly givenBack: readonly DemoBooking[];
  readonly series: readonly DemoSeries[];
  readonly bookings: readonly DemoBooking[];
  /** Who waits for what is taken. */
  readonly waits: readonly DemoBooking[];
}

const DAYS = 14;
const OFFICE_HOURS = [
  ['08:00', '16:30'],
  ['08:30', '17:00'],
  ['09:00', '17:30'],
  ['09:30', '18:00'],
] as const;
const MEETINGS = [
  'Design review',
  'Sprint planning',
  'Retrospective',
  'Roadmap',
  'Customer call',
  'Architecture',
  'Hiring round',
  'Backlog',
  'Release check',
  'Quarterly numbers',
  'Supplier talk',
  'Onboarding',
  'Workshop prep',
  'Research sync',
  'Incident review',
  'Pricing',
  'Brand refresh',
  'Press briefing',
] as const;
const CALLS = ['Customer call', 'Screening call', 'Partner call', 'Support call'] as const;
const CONFIDENTIAL = ['1:1', 'Candidate interview', 'Salary talk'] as const;
const LAB_WORK = [
  'Sample prep',
  'Failure analysis',
  'Calibration',
  'Prototype parts',
  'Fixtures',
  'Test series',
  'Material study',
] as const;
const TRIPS = ['Supplier run', 'Trade fair', 'Customer visit', 'Site visit', 'Airport'] as const;
const SHOOTS = ['Product shoot', 'Interview video', 'Town hall recording'] as const;

/**
 * What is booked from a day on. The same day gives the same plan at every hour of it; what has passed by then is left to the rules to
 * refuse. Nobody sits in two meetings at once.
 */
export function demoPlan(today: string): DemoPlan {
  const dates = datesFrom(today, DAYS);
  const workdays = dates.filter((it) => weekdayOf(it) <= 5);
  const coming = workdays.filter((it) => it > today);
  const series = seriesFrom(today);
  const { wanted, waits } = wantedBySeveral(coming);
  const givenBack = [rehearsal(coming), inTheWayOf(series)];
  const fixed = [...occurrencesOn(series, today), wanted, ...requests(coming), ...workdays.flatMap(administratorOn)];
  const taken = new Diary([...fixed, ...givenBack, ...dates.flatMap((it) => occurrencesOn(series, it))]);
  return { givenBack, series, bookings: [...fixed, ...dates.flatMap((it) => dayOf(it, taken))], waits };
}

/** What recurs begins the next time it is due; today's, which may have begun, are booked one by one. */
function seriesFrom(today: string): DemoSeries[] {
  const every = (weekdays: readonly number[], rrule: string, booking: Omit<DemoBooking, 'date'>): DemoSeries => ({
    ...booking,
    rrule,
    date: datesFrom(addDays(today, 1), 7).find((it) => weekdays.includes(weekdayOf(it)))!,
  });
  return [
    every([1, 2, 3, 4, 5], 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=20', meeting('Marta Silva', 'Noether', '09:30', '09:45', 'Stand-up', 7)),
    every([1], 'FREQ=WEEKLY;BYDAY=MO', meeting(null, 'Lovelace', '10:00', '11:00', 'Leads', 6)),
    every([2], 'FREQ=WEEKLY;BYDAY=TU;COUNT=8', meeting(null, 'Turing', '14:00', '15:00', 'Project sync', 9)),
    every([3], 'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE;COUNT=5', meeting('Lena Okafor', 'Meitner', '15:00', '16:30', 'Design review', 6)),
    every([4], 'FREQ=WEEKLY;BYDAY=TH;COUNT=4', meeting('Paul Lefèvre', 'Great Hall', '11:00', '12:00', 'All hands', 110)),
    every([5], 'FREQ=WEEKLY;BYDAY=FR;COUNT=6', meeting('Jonas Meyer', 'Elbe', '14:00', '15:00', 'Retrospective', 8)),
    every([1], 'FREQ=WEEKLY;BYDAY=MO;COUNT=8', meeting('Sofía García', 'Ramón y Cajal', '12:00', '13:00', 'Lab meeting', 10)),
  ];
}

/** What of the series falls on a date, whether or not they have begun. */
function occurrencesOn(series: readonly DemoSeries[], date: string): DemoBooking[] {
  return series
    .filter((it) => /BYDAY=([A-Z,]+)/.exec(it.rrule)?.[1]?.includes(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'][weekdayOf(date) - 1]!))
    .filter((it) => !it.rrule.includes('INTERVAL=2') || daysBetween(it.date, date) % 14 === 0)
    .map(({ rrule: _, ...it }) => ({ ...it, date }));
}

/** The three that somebody has to agree to, on workdays to come. */
function requests(coming: readonly string[]): DemoBooking[] {
  return [
    { person: 'Ravi Patel', resource: 'SEM-2', date: coming[1]!, from: '09:00', to: '15:00', title: 'Coating study' },
    { person: 'Yuki Tanaka', resource: 'SEM-2', date: coming[3]!, from: '11:00', to: '17:00', title: 'Fracture series' },
    meetingOn(coming[4]!, meeting('Klara Novák', 'Boardroom', '13:00', '17:30', 'Strategy day', 14)),
  ];
}

/** A time that others want as well. */
function wantedBySeveral(coming: readonly string[]): { readonly wanted: DemoBooking; readonly waits: DemoBooking[] } {
  const wanted = meetingOn(coming[1]!, meeting('Elena Rossi', 'Turing', '09:30', '11:30', 'Customer workshop', 11));
  return {
    wanted,
    waits: [
      { ...wanted, person: 'Max Hoffmann', title: 'Sales training' },
      { ...wanted, person: null, from: '10:00', to: '11:00', title: 'Vendor demo' },
      { ...rehearsal(coming), person: null, title: 'Talk rehearsal' },
    ],
  };
}

/** Given up, so that it is offered to the one who waits. */
function rehearsal(coming: readonly string[]): DemoBooking {
  return meetingOn(coming[2]!, meeting('Tom Becker', 'Hopper', '15:00', '16:00', 'Rehearsal', 4));
}

/** Stood in the way of one date of a series of the administrator, which is skipped and can be filled. */
function inTheWayOf(series: readonly DemoSeries[]): DemoBooking {
  const { date, resource } = series.find((it) => it.title === 'Project sync')!;
  return meetingOn(addDays(date, 14), meeting('Tom Becker', resource, '13:30', '15:30', 'Press day', 10));
}

/** The one who looks around: a desk, and a meeting a day besides the weekly ones. */
function administratorOn(date: string): DemoBooking[] {
  const weekday = weekdayOf(date);
  const ownOn: Readonly<Partial<Record<number, Omit<DemoBooking, 'date'>>>> = {
    1: meeting(null, 'Phone booth 1', '15:00', '15:30', 'Partner call', 1),
    2: { ...meeting(null, 'Gödel', '11:00', '11:30', '1:1 with Jonas', 2), private: true },
    3: meeting(null, 'Hopper', '13:00', '14:00', 'Budget', 4),
    4: { ...meeting(null, 'Gödel', '15:00', '16:00', 'Candidate interview', 3), private: true },
    5: meeting(null, 'Lovelace', '13:30', '14:30', 'Roadmap', 5),
  };
  const own = ownOn[weekday];
  const desk = { person: null, resource: 'Desk 3.04', from: '08:30', to: '17:30', title: null };
  return [...(weekday === 5 ? [] : [meetingOn(date, desk)]), ...(own ? [meetingOn(date, own)] : [])];
}

/** One day of everybody else. */
function dayOf(date: string, taken: Diary): DemoBooking[] {
  if (weekdayOf(date) === 7) return [];
  const random = sequence(daysBetween('2026-01-05', date));
  return demoResources.flatMap((resource, i) => {
    if (resource.kind === 'desk') return deskOn(date, resource, i, random);
    if (resource.kind === 'server') return runsOn(date, resource, taken, random);
    return sessionsOn(date, resource, taken, random);
  });
}

/** Desks have people of their own, who come on most days. */
function deskOn(date: string, desk: DemoResource, index: number, random: () => number): DemoBooking[] {
  const people = peopleOf(desk.site);
  const [from, to] = OFFICE_HOURS[index % OFFICE_HOURS.length]!;
  const weekday = weekdayOf(date);
  const share = weekday === 6 ? 0 : weekday === 5 ? 0.4 : 0.65;
  const comes = random() < share;
  if (!comes || desk.name === 'Desk 3.04') return [];
  return [{ person: people[index % people.length]!, resource: desk.name, date, from, to, title: null }];
}

/** A run of some days begins on Mondays and Thursdays, on some machines. */
function runsOn(date: string, server: DemoResource, taken: Diary, random: () => number): DemoBooking[] {
  const wanted = random();
  // The rack as a whole is its nodes.
  if (server.name === 'GPU rack 1' || ![1, 4].includes(weekdayOf(date)) || wanted > 0.6) return [];
  const person = taken.somebody(peopleOf(server.site), { date, from: '08:00', to: '08:30' }, random);
  const lastDate = addDays(date, weekdayOf(date) === 1 ? 2 : 1);
  return person === undefined ? [] : [{ person, resource: server.name, date, from: '08:00', lastDate, to: '18:00', title: 'Training run' }];
}

/** How much a thing is used: how often it is taken when it could be, for how long, and for what. */
function useOf({ kind, name, capacity, part }: DemoResource) {
  if (name.startsWith('Phone booth')) return { share: 0.4, minutes: [30, 30, 60], titles: CALLS };
  if (part || name === 'Great Hall') return { share: 0.12, minutes: [120, 180], titles: ['Training', 'Product demo', 'Community meetup'] };
  if (kind === 'room') return { share: (capacity ?? 0) > 15 ? 0.2 : 0.5, minutes: [30, 60, 60, 90], titles: MEETINGS };
  if (kind === 'lab') return { share: 0.4, minutes: [60, 120, 120, 180], titles: LAB_WORK };
  if (kind === 'vehicle') return { share: 0.3, minutes: [180, 240, 360], titles: TRIPS };
  return { share: 0.2, minutes: [120, 240], titles: SHOOTS };
}

/** One thing from morning to evening: sessions with breaks between them, fewer at noon and on Saturdays. */
function sessionsOn(date: string, resource: DemoResource, taken: Diary, random: () => number): DemoBooking[] {
  const { share, minutes, titles } = useOf(resource);
  const busy = weekdayOf(date) === 6 ? (resource.kind === 'lab' ? share / 3 : 0) : share;
  const sessions: DemoBooking[] = [];
  for (let at = 9 * 60 + 30 * Math.floor(random() * 2); at < 17 * 60;) {
    const length = pick(minutes, random);
    const [isWanted, isSecret, title, secret, seats] = [random(), random(), pick(titles, random), pick(CONFIDENTIAL, random), random()];
    const isNoon = at >= 12 * 60 && at < 13 * 60;
    const time = { date, from: clock(at), to: clock(at + length) };
    const person = taken.somebody(peopleOf(resource.site), time, random);
    at += length + 30 * Math.floor(random() * 3);
    if (isWanted > (isNoon ? busy / 2 : busy) || person === undefined || time.to > '18:00') continue;
    const isPrivate = resource.kind === 'room' && (resource.capacity ?? 0) <= 6 && isSecret < 0.15;
    const attendees = Math.max(1, Math.min(resource.capacity ?? 1, 2 + Math.floor(seats * ((resource.capacity ?? 1) - 1))));
    const session: DemoBooking = {
      person,
      resource: resource.name,
      ...time,
      title: isPrivate ? secret : title,
      ...(resource.kind === 'room' && { attendees }),
      ...(isPrivate && { private: true }),
    };
    if (!taken.isFree(session)) continue;
    taken.note(session);
    sessions.push(session);
  }
  return sessions;
}

type Time = Pick<DemoBooking, 'date' | 'from' | 'to'>;

/** Who and what is taken when, so that nobody has to be in two places. */
class Diary {
  private readonly all: DemoBooking[];

  constructor(known: readonly DemoBooking[]) {
    this.all = [...known];
  }

  note(booking: DemoBooking): void {
    this.all.push(booking);
  }

  isFree(booking: DemoBooking): boolean {
    return !this.all.some((it) => it.resource === booking.resource && overlaps(it, booking));
  }

  /** One of some people who has time; undefined where nobody has. */
  somebody(people: readonly string[], time: Time, random: () => number): string | undefined {
    const first = Math.floor(random() * people.length);
    const inTurn = [...people.slice(first), ...people.slice(0, first)];
    return inTurn.find((person) => !this.all.some((it) => it.person === person && it.title !== null && overlaps(it, time)));
  }
}

const overlaps = (a: Time, b: Time): boolean => a.date === b.date && a.from < b.to && b.from < a.to;

function meeting(
  person: string | null,
  resource: string,
  from: string,
  to: string,
  title: string,
  attendees: number,
): Omit<DemoBooking, 'date'> {
  return { person, resource, from, to, title, attendees };
}

const meetingOn = (date: string, booking: Omit<DemoBooking, 'date'>): DemoBooking => ({ ...booking, date });

const peopleOf = (site: DemoSite): string[] => demoPeople.filter((it) => it.site === site).map((it) => it.name);

const datesFrom = (first: string, count: number): string[] => Array.from({ length: count }, (_, i) => addDays(first, i));

const clock = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

const pick = <T>(from: readonly T[], random: () => number): T => from[Math.floor(random() * from.length)]!;

/** The same numbers every time, so that every demo of a day looks the same (mulberry32). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

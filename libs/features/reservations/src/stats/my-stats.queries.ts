import { addDays, addMinutes, startOfDay, toCivil, weekdayOf, type Interval } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, sql } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { visibleResources } from '@berth/resources';
import { LONGEST_RESERVATION } from '@berth/scheduling';
import { reservationsInReach } from '../manages-reservation';
import { Injectable } from '@nestjs/common';

/** What somebody has booked in a stretch of time; times that reach over its ends count as far as they lie in it. */
export interface Booked {
  /** RFC 3339. */
  readonly from: string;
  readonly to: string;
  readonly minutes: number;
  readonly bookings: number;
  readonly noShows: number;
}

/** A resource somebody books often, with the last time they did. */
export interface UsualPlace {
  readonly resourceId: string;
  readonly name: string;
  readonly siteName: string | null;
  readonly floorName: string | null;
  readonly timeZone: string;
  readonly capacity: number | null;
  readonly units: number;
  /** Whether it can be booked at all at present. */
  readonly bookable: boolean;
  readonly bookings: number;
  readonly minutes: number;
  readonly lastStart: string;
  readonly lastEnd: string;
}

/** How somebody books: the figures of the home screen. */
export interface MyStats {
  readonly timeZone: string;
  readonly week: Booked;
  readonly month: Booked & { readonly toCome: number };
  readonly lastMonth: Booked;
  /** Monday first; the minutes booked of the last 90 days and what is to come, by the day they begin. */
  readonly weekdayMinutes: readonly number[];
  /** ISO 8601, Monday is 1; null for who has nothing booked. */
  readonly busiestWeekday: number | null;
  /** The most booked first. */
  readonly usual: readonly UsualPlace[];
}

/** How the reader counts time; what is left out is the organization's. */
export interface Reckoning {
  readonly timeZone?: string;
  /** 1 is Monday. */
  readonly weekStart?: number;
}

const DAYS_BACK = 90;
const PLACES = 6;

interface StatsRow {
  windows: { minutes: number; bookings: number; noShows: number; toCome: number }[];
  weekdays: { weekday: number; minutes: number }[];
  usual: UsualPlace[];
}

/** Counts one's own reservations. */
@Injectable()
export class MyStatsQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Reads a year of one person's reservations by the index that lists them, whatever the organization holds. */
  async of(actor: Actor, wished: Reckoning): Promise<MyStats> {
    const db = this.database.of(actor.organizationId);
    const { timeZone, weekStart } = await this.reckoning(actor, wished);
    const now = this.clock.now();
    const spans = spansAround(now, timeZone, weekStart);
    const since = new Date(Math.min(spans.lastMonth.start.getTime(), now.getTime() - DAYS_BACK * 86_400_000));
    const until = new Date(Math.max(spans.month.end.getTime(), spans.week.end.getTime()));
    const windows = [spans.week, spans.month, spans.lastMonth];
    const [row] = await db.sql<StatsRow>`
      with mine as materialized (
        select v.id, v.status, v.starts_at, v.ends_at, extract(epoch from v.ends_at - v.starts_at) / 60 as minutes
        from reservation v
        where v.org_id = ${actor.organizationId} and v.organizer_id = ${actor.accountId} and ${reservationsInReach(actor, sql`v.id`)}
          and v.status not in ('held', 'released', 'expired') and v.status in ('pending', 'confirmed', 'checked_in', 'completed', 'no_show')
          and v.starts_at > ${addMinutes(since, -LONGEST_RESERVATION)} and v.starts_at < ${until} and v.ends_at > ${since}),
      counted as (select * from mine where status <> 'no_show')
      select
        (select jsonb_agg(jsonb_build_object('minutes', t.minutes, 'bookings', t.bookings, 'noShows', t.missed, 'toCome', t.to_come) order by t.i)
         from (
           select w.i,
             coalesce(round(sum(extract(epoch from least(m.ends_at, w.t) - greatest(m.starts_at, w.f)) / 60) filter (where m.status <> 'no_show')), 0)::int as minutes,
             (count(m.id) filter (where m.status <> 'no_show'))::int as bookings,
             (count(m.id) filter (where m.status = 'no_show'))::int as missed,
             (count(m.id) filter (where m.status <> 'no_show' and m.starts_at > ${now}))::int as to_come
           from unnest(${windows.map((it) => it.start)}::timestamptz[], ${windows.map((it) => it.end)}::timestamptz[]) with ordinality as w(f, t, i)
           left join mine m on m.starts_at < w.t and m.ends_at > w.f
           group by w.i) as t) as windows,
        (select coalesce(jsonb_agg(jsonb_build_object('weekday', d.weekday, 'minutes', d.minutes)), '[]')
         from (
           select extract(isodow from starts_at at time zone ${timeZone})::int as weekday, round(sum(minutes))::int as minutes
           from counted group by 1) as d) as weekdays,
        (select coalesce(jsonb_agg(to_jsonb(u) order by u.bookings desc, u.minutes desc, u.name), '[]')
         from (
           select r.id as "resourceId", r.name, s.name as "siteName", f.name as "floorName", coalesce(r.time_zone, s.time_zone, o.time_zone) as "timeZone",
             r.capacity, r.units, (r.bookable and r.status = 'available') as bookable, p.bookings, p.minutes,
             to_char(p.last_start at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "lastStart",
             to_char(p.last_end at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "lastEnd"
           from (
             select i.resource_id, count(*)::int as bookings, round(sum(m.minutes))::int as minutes,
               (array_agg(m.starts_at order by m.starts_at desc))[1] as last_start, (array_agg(m.ends_at order by m.starts_at desc))[1] as last_end
             from counted m join reservation_item i on i.reservation_id = m.id
             group by i.resource_id
             order by 2 desc, 3 desc
             limit ${PLACES}) as p
           join resource r on r.id = p.resource_id and ${visibleResources(actor)}
           join organization o on o.id = r.org_id
           left join site s on s.id = r.site_id
           left join floor f on f.id = r.floor_id) as u) as usual`;
    const [week, month, lastMonth] = windows.map((it, i) => booked(it, row!.windows[i]!));
    const weekdayMinutes = [1, 2, 3, 4, 5, 6, 7].map((day) => row!.weekdays.find((it) => it.weekday === day)?.minutes ?? 0);
    const most = Math.max(...weekdayMinutes);
    return {
      timeZone,
      week: week!,
      month: { ...month!, toCome: row!.windows[1]!.toCome },
      lastMonth: lastMonth!,
      weekdayMinutes,
      busiestWeekday: most === 0 ? null : weekdayMinutes.indexOf(most) + 1,
      usual: row!.usual,
    };
  }

  private async reckoning(actor: Actor, { timeZone, weekStart }: Reckoning): Promise<Required<Reckoning>> {
    if (timeZone !== undefined && weekStart !== undefined) return { timeZone, weekStart };
    const [row] = await this.database.of(actor.organizationId).sql<{ time_zone: string; week_start: number }>`
      select time_zone, week_start from organization where id = ${actor.organizationId}`;
    return { timeZone: timeZone ?? row!.time_zone, weekStart: weekStart ?? row!.week_start };
  }
}

function booked({ start, end }: Interval, { minutes, bookings, noShows }: StatsRow['windows'][number]): Booked {
  return { from: instant(start), to: instant(end), minutes, bookings, noShows };
}

const instant = (at: Date): string => at.toISOString().replace('.000Z', 'Z');

/** The week and month that are running in a zone, and the month before. */
function spansAround(now: Date, zone: string, weekStart: number): Record<'week' | 'month' | 'lastMonth', Interval> {
  const { date } = toCivil(now, zone);
  const at = (day: string): Date => startOfDay(day, zone);
  const monday = addDays(date, -((weekdayOf(date) - weekStart + 7) % 7));
  const first = `${date.slice(0, 7)}-01`;
  const firstOf = (day: string): string => `${day.slice(0, 7)}-01`;
  return {
    week: { start: at(monday), end: at(addDays(monday, 7)) },
    month: { start: at(first), end: at(firstOf(addDays(first, 31))) },
    lastMonth: { start: at(firstOf(addDays(first, -1))), end: at(first) },
  };
}

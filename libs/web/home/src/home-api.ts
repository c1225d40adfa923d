import { HttpClient, HttpParams } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { onWire, type Span } from '@berth/web/booking';
import { apiUrl, type Alternative, type Conflict, type Violation } from '@berth/web/data';
import { firstValueFrom } from 'rxjs';

/** What is booked in a stretch of time. */
export interface Booked {
  readonly minutes: number;
  readonly bookings: number;
  readonly noShows: number;
}

/** A resource that is booked often, with the latest booking of it. */
export interface UsualPlace {
  readonly resourceId: string;
  readonly name: string;
  readonly siteName: string | null;
  readonly floorName: string | null;
  readonly timeZone: string;
  readonly capacity: number | null;
  readonly units: number;
  readonly bookable: boolean;
  readonly bookings: number;
  readonly minutes: number;
  readonly lastStart: string;
  readonly lastEnd: string;
}

/** How one books. Instants are RFC 3339, weekdays ISO 8601. */
export interface MyStats {
  readonly week: Booked;
  readonly month: Booked & { readonly from: string; readonly toCome: number };
  readonly lastMonth: Booked & { readonly from: string };
  readonly weekdayMinutes: readonly number[];
  readonly busiestWeekday: number | null;
  readonly usual: readonly UsualPlace[];
}

/** Whether a booking would succeed. */
export interface CheckAnswer {
  readonly bookable: boolean;
  readonly needsApproval: boolean;
  readonly violations: readonly Violation[];
  readonly occurrences: readonly { readonly conflicts: readonly Conflict[]; readonly alternatives: readonly Alternative[] }[];
}

/** The calls of the start page. Every promise rejects with a Problem. */
@Injectable({ providedIn: 'root' })
export class HomeApi {
  private readonly http = inject(HttpClient);

  stats(timeZone: string, weekStart: number): Promise<MyStats> {
    return firstValueFrom(this.http.get<MyStats>(apiUrl('/users/me/stats'), { params: { timeZone, weekStart } }));
  }

  check(resourceId: string, { start, end }: Span): Promise<CheckAnswer> {
    const wish = { resourceId, start: onWire(start), end: onWire(end) };
    return firstValueFrom(this.http.post<CheckAnswer>(apiUrl('/availability/check'), wish));
  }

  /** The first slot of a length from an instant on; null when the next days have none. */
  async next(resourceId: string, from: number, minutes: number): Promise<Span | null> {
    const params = new HttpParams().set('from', onWire(from)).set('durationMinutes', minutes);
    const url = apiUrl(`/resources/${resourceId}/next-available`);
    const { slot } = await firstValueFrom(this.http.get<{ slot: { start: string; end: string } | null }>(url, { params }));
    return slot && { start: Date.parse(slot.start), end: Date.parse(slot.end) };
  }
}

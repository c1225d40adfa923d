import { HttpClient, HttpParams } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import type { MyStatsResponse } from '@berth/api-client';
import { onWire, type Span } from '@berth/web/booking';
import { apiUrl, type Alternative, type Conflict, type Violation } from '@berth/web/data';
import { firstValueFrom } from 'rxjs';

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

  stats(timeZone: string, weekStart: number): Promise<MyStatsResponse> {
    return firstValueFrom(this.http.get<MyStatsResponse>(apiUrl('/users/me/stats'), { params: { timeZone, weekStart } }));
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

import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { apiUrl } from '@berth/web/data';
import { firstValueFrom } from 'rxjs';
import type { ReservationDetails, ReservationStatus } from '../reservation';
import type { MoveRequest } from '../reservations-api';
import { onWire, type Span } from '../span';

/** What is asked for when something is to recur; `start` and `end` are those of the first. Instants are RFC 3339. */
export interface SeriesRequest extends ReservationDetails {
  readonly resourceId: string;
  readonly start: string;
  readonly end: string;
  readonly timeZone: string;
  readonly quantity?: number;
  readonly holdId?: string | null;
  readonly recurrence: { readonly rrule: string };
  readonly resolutions?: readonly Resolution[];
}

/** What is done about one date, named by the start the rule gives it. */
export type Resolution =
  | { readonly recurrenceId: string; readonly use: 'skip' }
  /** Skipped, and filled when it is free and the offer is accepted. */
  | { readonly recurrenceId: string; readonly use: 'waitlist' }
  | { readonly recurrenceId: string; readonly use: 'resource'; readonly resourceId: string }
  | { readonly recurrenceId: string; readonly use: 'time'; readonly start: string; readonly end: string };

/** Another way to have a date. */
export interface Alternative {
  readonly resourceId: string;
  readonly name: string;
  readonly start: string;
  readonly end: string;
}

/** One date and whether it can be had. */
export interface CheckedOccurrence {
  readonly recurrenceId: string;
  readonly start: string;
  readonly end: string;
  readonly verdict: 'free' | 'conflict' | 'refused' | 'skipped' | 'waiting';
  readonly conflicts: readonly {
    readonly reason: 'overlap' | 'held';
    readonly title: string | null;
    readonly busy: { readonly start: string; readonly end: string };
  }[];
  readonly alternatives: readonly Alternative[];
  /** What can be done about it. */
  readonly resolutions?: readonly Resolution['use'][];
  readonly violations?: readonly { readonly rule: string; readonly limit: string; readonly given: string; readonly detail: string }[];
}

export interface SeriesCheck {
  readonly bookable: boolean;
  readonly occurrences: readonly CheckedOccurrence[];
}

export interface SeriesBooked {
  readonly series: { readonly id: string; readonly timeZone: string };
  readonly occurrences: readonly { readonly id: string; readonly start: string; readonly status: ReservationStatus }[];
}

/** One date of a series and what became of it. */
export interface SeriesOccurrence {
  /** The reservation. */
  readonly id: string;
  readonly recurrenceId: string;
  readonly start: string;
  readonly end: string;
  readonly status: ReservationStatus;
  readonly resourceIds: readonly string[];
  /** With which its organizer waits for it; null where nobody does. */
  readonly waitlistEntryId: string | null;
}

/** Which dates of a series an act is about. */
export type SeriesScope = 'this' | 'following' | 'all';

/** The calls about series. Every promise rejects with a Problem. */
@Injectable({ providedIn: 'root' })
export class SeriesApi {
  private readonly http = inject(HttpClient);

  /** The verdict of each date; books nothing. */
  check(request: SeriesRequest): Promise<SeriesCheck> {
    return firstValueFrom(this.http.post<SeriesCheck>(apiUrl('/availability/check'), request));
  }

  /** @throws Problem `reservation-conflict`, `slot-held`, `policy-violation` by date */
  book(request: SeriesRequest, key: string): Promise<SeriesBooked> {
    return firstValueFrom(this.http.post<SeriesBooked>(apiUrl('/reservations'), request, { headers: { 'Idempotency-Key': key } }));
  }

  /** Every date of a series, by the start the rule gives it. */
  async occurrences(id: string): Promise<readonly SeriesOccurrence[]> {
    return (await firstValueFrom(this.http.get<{ occurrences: SeriesOccurrence[] }>(apiUrl(`/series/${id}`)))).occurrences;
  }

  /** Moves one and those after it, or all to come, as far as the one that is named; all of it or nothing. @throws Problem as `book` */
  move(id: string, scope: SeriesScope, recurrenceId: string | null, to: MoveRequest, key?: string): Promise<SeriesBooked> {
    const params = { scope, ...(recurrenceId === null ? {} : { recurrenceId }) };
    const headers: Record<string, string> = key === undefined ? {} : { 'Idempotency-Key': key };
    return firstValueFrom(this.http.patch<SeriesBooked>(apiUrl(`/series/${id}`), to, { params, headers }));
  }

  /** Books a date that was skipped. @throws Problem `reservation-conflict`, `slot-held`, `policy-violation`, `invalid-state` */
  fill(id: string, recurrenceId: string): Promise<SeriesBooked> {
    return firstValueFrom(this.http.post<SeriesBooked>(apiUrl(`/series/${id}/fill`), { recurrenceId }));
  }

  /** Puts a series together again with the one it was parted from. @throws Problem `invalid-state` where they are no longer parts of one */
  join(id: string): Promise<SeriesBooked> {
    return firstValueFrom(this.http.post<SeriesBooked>(apiUrl(`/series/${id}/join`), {}));
  }

  /** Whether resources could be booked for a time now. */
  async isFree(resourceIds: readonly string[], { start, end }: Span): Promise<boolean> {
    const check = (resourceId: string): Promise<{ bookable: boolean }> =>
      firstValueFrom(this.http.post<SeriesCheck>(apiUrl('/availability/check'), { resourceId, start: onWire(start), end: onWire(end) }));
    return (await Promise.all(resourceIds.map(check))).every((it) => it.bookable);
  }

  /** Cancels one date, one and those after it, or all. */
  cancel(id: string, scope: SeriesScope, recurrenceId: string | null): Promise<SeriesBooked> {
    const params = { scope, ...(recurrenceId === null ? {} : { recurrenceId }) };
    return firstValueFrom(this.http.post<SeriesBooked>(apiUrl(`/series/${id}/cancel`), {}, { params }));
  }

  /** Changes title, notes, privacy or the number of people of one and those after it, or of all. */
  change(id: string, scope: SeriesScope, recurrenceId: string | null, details: ReservationDetails): Promise<SeriesBooked> {
    const params = { scope, ...(recurrenceId === null ? {} : { recurrenceId }) };
    return firstValueFrom(this.http.patch<SeriesBooked>(apiUrl(`/series/${id}`), details, { params }));
  }
}

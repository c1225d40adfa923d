import { HttpClient, HttpParams } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { apiUrl, ifMatch } from '@berth/web/data';
import { firstValueFrom } from 'rxjs';
import { asked } from './hold/holds-api';
import type { AnswerMap, HistoryEntry, Page, Reservation, ReservationDetails, Scope } from './reservation';
import { onWire, type Span } from './span';

/** What is asked for when a resource is booked. */
export interface BookRequest extends ReservationDetails {
  readonly resourceId: string;
  /** Further resources for the same time: all or none. */
  readonly alsoIds?: readonly string[];
  readonly start: string;
  readonly end: string;
  readonly timeZone: string;
  readonly quantity?: number;
  /** A hold of one's own that becomes the reservation. */
  readonly holdId?: string | null;
}

/** Where a reservation should be; what is left out stays. */
export interface MoveRequest {
  readonly resourceId?: string;
  readonly start?: string;
  readonly end?: string;
  /** Answers to what the type of another resource asks. */
  readonly customFields?: AnswerMap;
}

/** When one may check in, and what one may do now. */
export interface CheckInState {
  readonly required: boolean;
  readonly opensAt: string;
  readonly closesAt: string;
  readonly mayCheckIn: boolean;
  readonly mayEnd: boolean;
}

/** Ids of what editing intervals did, or would do. */
export interface EditedIntervals {
  readonly updated: readonly string[];
  readonly created: readonly string[];
  /** Neighbours that went into it. */
  readonly deleted: readonly string[];
}

const dryRun = new HttpParams({ fromObject: { dryRun: true } });

/** The calls about reservations. Every promise rejects with a Problem. */
@Injectable({ providedIn: 'root' })
export class ReservationsApi {
  private readonly http = inject(HttpClient);

  /** @throws Problem `reservation-conflict`, `slot-held`, `policy-violation` */
  book(request: BookRequest, key: string): Promise<Reservation> {
    return firstValueFrom(this.http.post<Reservation>(apiUrl('/reservations'), asked(request), { headers: { 'Idempotency-Key': key } }));
  }

  one(id: string): Promise<Reservation> {
    return firstValueFrom(this.http.get<Reservation>(at(id)));
  }

  mine(scope: Scope, limit: number, cursor: string | null): Promise<Page<Reservation>> {
    const params = { scope, limit, ...(cursor === null ? {} : { cursor }) };
    return firstValueFrom(this.http.get<Page<Reservation>>(apiUrl('/reservations/my'), { params }));
  }

  /** One's own that take time between two instants, whatever became of them but cancelled; by start. */
  within({ start, end }: Span, cursor: string | null = null): Promise<Page<Reservation>> {
    const params = {
      organizer: 'me',
      from: onWire(start),
      to: onWire(end),
      status: 'pending,confirmed,checked_in,completed,no_show',
      limit: 200,
      ...(cursor === null ? {} : { cursor }),
    };
    return firstValueFrom(this.http.get<Page<Reservation>>(apiUrl('/reservations'), { params }));
  }

  async history(id: string): Promise<readonly HistoryEntry[]> {
    return (await firstValueFrom(this.http.get<{ data: HistoryEntry[] }>(at(id, 'history')))).data;
  }

  /** @throws Problem `precondition-failed` with `current` when somebody else was faster */
  change(id: string, version: number, patch: ReservationDetails): Promise<Reservation> {
    return firstValueFrom(this.http.patch<Reservation>(at(id), patch, { headers: ifMatch(version) }));
  }

  /** @throws Problem as booking does, and `invalid-state` */
  move(id: string, to: MoveRequest, key?: string): Promise<Reservation> {
    const headers: Record<string, string> = key === undefined ? {} : { 'Idempotency-Key': key };
    return firstValueFrom(this.http.post<Reservation>(at(id, 'move'), to, { headers }));
  }

  /** What moving would answer; changes nothing. */
  tryMove(id: string, to: MoveRequest): Promise<Reservation> {
    return firstValueFrom(this.http.post<Reservation>(at(id, 'move'), to, { params: dryRun }));
  }

  /** Gives it several intervals: splits it, trims it, merges it with one's own neighbours. @throws Problem as booking does, `precondition-failed` */
  editIntervals(id: string, version: number | null, intervals: readonly Span[], key: string): Promise<EditedIntervals> {
    const headers: Record<string, string> = { 'Idempotency-Key': key, ...(version !== null && ifMatch(version)) };
    return firstValueFrom(this.http.post<EditedIntervals>(at(id, 'edit-intervals'), { intervals: intervals.map(wireOf) }, { headers }));
  }

  /** What editing intervals would answer; changes nothing. */
  tryEditIntervals(id: string, intervals: readonly Span[]): Promise<EditedIntervals> {
    const body = { intervals: intervals.map(wireOf) };
    return firstValueFrom(this.http.post<EditedIntervals>(at(id, 'edit-intervals'), body, { params: dryRun }));
  }

  extend(id: string, minutes: number): Promise<Reservation> {
    return firstValueFrom(this.http.post<Reservation>(at(id, 'extend'), { minutes }));
  }

  /** What extending would answer; changes nothing. */
  tryExtend(id: string, minutes: number): Promise<Reservation> {
    return firstValueFrom(this.http.post<Reservation>(at(id, 'extend'), { minutes }, { params: dryRun }));
  }

  /** Cancels; for `undoSeconds` the time stays blocked and `restore` brings it back. */
  cancel(id: string, undoSeconds: number): Promise<Reservation> {
    return firstValueFrom(this.http.post<Reservation>(at(id, 'cancel'), { undoSeconds }));
  }

  /** When one may check in, and what one may do now. */
  checkInState(id: string): Promise<CheckInState> {
    return firstValueFrom(this.http.get<CheckInState>(at(id, 'check-in')));
  }

  /** @throws Problem `policy-violation` outside the window, `invalid-state` */
  checkIn(id: string): Promise<Reservation> {
    return firstValueFrom(this.http.post<Reservation>(at(id, 'check-in'), {}));
  }

  /** Checks in to what one has at the resource whose code was read. @throws Problem `not-found`, `check-in-code-invalid` */
  checkInAt(token: string): Promise<Reservation> {
    return firstValueFrom(this.http.post<Reservation>(apiUrl('/check-in'), { token }));
  }

  /** Ends what is running now; the rest is free for others. */
  end(id: string): Promise<Reservation> {
    return firstValueFrom(this.http.post<Reservation>(at(id, 'end'), {}));
  }

  /** @throws Problem `undo-expired` */
  restore(id: string): Promise<Reservation> {
    return firstValueFrom(this.http.post<Reservation>(at(id, 'restore'), {}));
  }
}

const wireOf = ({ start, end }: Span) => ({ start: onWire(start), end: onWire(end) });
const at = (id: string, verb?: string): string => apiUrl(`/reservations/${id}${verb === undefined ? '' : `/${verb}`}`);

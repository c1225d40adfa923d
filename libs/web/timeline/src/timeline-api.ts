import { HttpClient, HttpParams } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { apiUrl, toProblem } from '@berth/web/data';
import type { Observable } from 'rxjs';
import type { RowsAnswer } from './rows/catalogue';
import type { TileAnswer } from './rows/row-board';

/** A reservation as `GET /reservations/{id}` tells it, as far as this screen shows it. */
export interface ReservationAnswer {
  readonly id: string;
  readonly status: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly start: string;
  readonly end: string;
  readonly timeZone: string;
  readonly private: boolean;
  readonly attendees: number | null;
  readonly organizer: { readonly id: string; readonly displayName: string } | null;
  readonly mine: boolean;
  readonly resources: readonly { readonly resourceId: string; readonly name: string; readonly timeZone: string }[];
  readonly undoUntil: string | null;
  readonly version: number;
}

/** Where and when somebody wants a reservation to be; what is left out stays. Instants are RFC 3339. */
export interface Place {
  readonly resourceId?: string;
  readonly start?: string;
  readonly end?: string;
}

export interface RowFilter {
  readonly siteId?: string;
  readonly typeId?: string;
  readonly capacity?: number;
  readonly tags?: readonly string[];
}

/** More rows than this are told only when filters make them fewer. */
export const ROWS_AT_MOST = 2000;

/** The calls of the timeline. All reject with Problem; an abort ends the request. */
@Injectable({ providedIn: 'root' })
export class TimelineApi {
  private readonly http = inject(HttpClient);

  rows(filter: RowFilter, signal?: AbortSignal): Promise<RowsAnswer> {
    let params = new HttpParams().set('limit', ROWS_AT_MOST);
    if (filter.siteId) params = params.set('siteId', filter.siteId);
    if (filter.typeId) params = params.set('typeId', filter.typeId);
    if (filter.capacity) params = params.set('capacity', filter.capacity);
    for (const tag of filter.tags ?? []) params = params.append('tag', tag);
    return ask(this.http.get<RowsAnswer>(apiUrl('/availability/rows'), { params }), signal);
  }

  /** @param from epoch milliseconds */
  tile(from: number, to: number, resourceIds: readonly string[], signal?: AbortSignal): Promise<TileAnswer> {
    let params = new HttpParams().set('from', new Date(from).toISOString()).set('to', new Date(to).toISOString());
    for (const id of resourceIds) params = params.append('resource', id);
    return ask(this.http.get<TileAnswer>(apiUrl('/availability'), { params }), signal);
  }

  reservation(id: string, signal?: AbortSignal): Promise<ReservationAnswer> {
    return ask(this.http.get<ReservationAnswer>(apiUrl(`/reservations/${id}`)), signal);
  }

  /** @throws Problem `reservation-conflict`, `slot-held`, `policy-violation` */
  move(id: string, place: Place, key: string): Promise<ReservationAnswer> {
    return ask(this.http.post<ReservationAnswer>(apiUrl(`/reservations/${id}/move`), place, { headers: { 'Idempotency-Key': key } }));
  }

  /** Books the same again elsewhere. */
  book(request: Required<Place> & { readonly title: string | null }, key: string): Promise<ReservationAnswer> {
    return ask(this.http.post<ReservationAnswer>(apiUrl('/reservations'), request, { headers: { 'Idempotency-Key': key } }));
  }

  /** Cancels; for `undoSeconds` the time stays mine and `restore` brings it back. */
  cancel(id: string, undoSeconds: number): Promise<ReservationAnswer> {
    return ask(this.http.post<ReservationAnswer>(apiUrl(`/reservations/${id}/cancel`), { undoSeconds }));
  }

  /** @throws Problem `undo-expired` */
  restore(id: string): Promise<ReservationAnswer> {
    return ask(this.http.post<ReservationAnswer>(apiUrl(`/reservations/${id}/restore`), {}));
  }
}

function ask<T>(answer: Observable<T>, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const subscription = answer.subscribe({ next: resolve, error: (error: unknown) => reject(toProblem(error)) });
    signal?.addEventListener('abort', () => {
      subscription.unsubscribe();
      reject(toProblem(signal.reason));
    });
  });
}

import { HttpClient, HttpParams } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { apiUrl, toProblem } from '@berth/web/data';
import type { Observable } from 'rxjs';
import type { RowsAnswer } from './rows/catalogue';
import type { TileAnswer } from './rows/row-board';

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

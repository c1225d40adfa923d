import { HttpClient, HttpParams } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { apiUrl, type Violation } from '@berth/web/data';
import { firstValueFrom } from 'rxjs';
import type { RowsAnswer } from './catalogue';

/** Body of `POST /availability/search`. Instants are RFC 3339. */
export interface SearchRequest {
  readonly from: string;
  readonly to: string;
  readonly durationMinutes?: number;
  readonly q?: string;
  readonly type?: string;
  readonly siteId?: string;
  readonly floorId?: string;
  readonly capacity?: number;
  readonly tags?: readonly string[];
  readonly near?: { readonly siteId?: string };
  readonly sort?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

export interface FoundResource {
  readonly id: string;
  readonly name: string;
  readonly type: { readonly key: string; readonly name: string; readonly icon: string };
  readonly site: { readonly id: string; readonly name: string } | null;
  readonly floor: { readonly id: string; readonly name: string } | null;
  readonly capacity: number | null;
  readonly units: number;
  readonly tags: readonly string[];
  readonly location: string | null;
  readonly timeZone: string;
}

/** Why a hit stands where it stands. */
export interface FitReason {
  readonly code: string;
  readonly wanted?: number;
  readonly capacity?: number;
}

export interface Slot {
  readonly start: string;
  readonly end: string;
}

export interface Hit extends Slot {
  readonly resource: FoundResource;
  readonly needsApproval: boolean;
  readonly reasons: readonly FitReason[];
}

export interface OtherTimes {
  readonly resource: FoundResource;
  readonly slots: readonly Slot[];
}

export interface Refused {
  readonly resource: FoundResource;
  readonly violations: readonly Violation[];
}

export interface SearchAnswer {
  readonly data: readonly Hit[];
  readonly otherTimes: readonly OtherTimes[];
  readonly refused: readonly Refused[];
  readonly page: { readonly nextCursor: string | null; readonly hasMore: boolean };
}

/** Where somebody stands in the queue for a time. */
export interface Waiting {
  readonly id: string;
  readonly position: number | null;
}

const ROWS_AT_MOST = 2000;

/** The calls of the screen. Every promise rejects with a Problem. */
@Injectable({ providedIn: 'root' })
export class FindApi {
  private readonly http = inject(HttpClient);

  /** Everything somebody may see, in columns: what facets are counted from. */
  catalogue(): Promise<RowsAnswer> {
    return firstValueFrom(this.http.get<RowsAnswer>(apiUrl('/availability/rows'), { params: { limit: ROWS_AT_MOST } }));
  }

  search(request: SearchRequest): Promise<SearchAnswer> {
    return firstValueFrom(this.http.post<SearchAnswer>(apiUrl('/availability/search'), request));
  }

  /** The first slot of a length from an instant on; null when the next days have none. */
  async next(resourceId: string, from: string, minutes: number): Promise<Slot | null> {
    const params = new HttpParams().set('from', from).set('durationMinutes', minutes);
    return (await firstValueFrom(this.http.get<{ slot: Slot | null }>(apiUrl(`/resources/${resourceId}/next-available`), { params }))).slot;
  }

  /** Waits for a time that is taken. @throws Problem `already-exists` for who waits for it already */
  wait(resourceId: string, { start, end }: Slot): Promise<Waiting> {
    return firstValueFrom(this.http.post<Waiting>(apiUrl('/waitlist'), { resourceId, start, end }));
  }

  async leave({ id }: Waiting): Promise<void> {
    await firstValueFrom(this.http.delete(apiUrl(`/waitlist/${id}`)));
  }
}

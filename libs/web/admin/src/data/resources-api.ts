import { HttpClient, HttpParams } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { apiUrl, toProblem } from '@berth/web/data';
import type { Observable } from 'rxjs';
import type { Blackout, BusinessHours } from './hours';
import type {
  BookingInTheWay,
  Floor,
  NewResource,
  Resource,
  ResourceFilter,
  ResourcePage,
  ResourcePatch,
  ResourceType,
  Site,
  StatusChange,
  TagCount,
} from './resource';

interface List<T> {
  readonly data: readonly T[];
  readonly page?: { readonly nextCursor: string | null; readonly hasMore: boolean };
}

/** Rows a page of the list brings. */
export const PAGE_ROWS = 100;
const MOST_A_PAGE = 200;

/** The calls of administration. All reject with Problem; an abort ends the request. */
@Injectable({ providedIn: 'root' })
export class ResourcesApi {
  private readonly http = inject(HttpClient);

  /** One page; the first one counts all that match. */
  list(filter: ResourceFilter, cursor: string | null, signal?: AbortSignal): Promise<ResourcePage> {
    let params = filterParams(filter).set('limit', PAGE_ROWS);
    params = cursor === null ? params.set('count', 'exact') : params.set('cursor', cursor);
    return settled(this.http.get<ResourcePage>(apiUrl('/resources'), { params }), signal);
  }

  one(id: string, signal?: AbortSignal): Promise<Resource> {
    return settled(this.http.get<Resource>(apiUrl(`/resources/${id}`)), signal);
  }

  /** @throws Problem `validation-failed`, `already-exists` */
  add(request: NewResource, key: string): Promise<Resource> {
    return settled(this.http.post<Resource>(apiUrl('/resources'), request, { headers: { 'Idempotency-Key': key } }));
  }

  /** @throws Problem `precondition-failed` with what it is now in `current` */
  change(id: string, version: number, patch: ResourcePatch): Promise<Resource> {
    return settled(this.http.patch<Resource>(apiUrl(`/resources/${id}`), patch, { headers: { 'If-Match': `"${version}"` } }));
  }

  /** @throws Problem `resource-has-reservations` with the first of them */
  setStatus(id: string, change: StatusChange): Promise<Resource> {
    return settled(this.http.post<Resource>(apiUrl(`/resources/${id}/status`), change));
  }

  hours(id: string, signal?: AbortSignal): Promise<BusinessHours> {
    return settled(this.http.get<BusinessHours>(apiUrl(`/resources/${id}/business-hours`)), signal);
  }

  setHours(id: string, hours: Pick<BusinessHours, 'days' | 'exceptions'>): Promise<BusinessHours> {
    return settled(this.http.put<BusinessHours>(apiUrl(`/resources/${id}/business-hours`), hours));
  }

  /** Gives up a resource's own hours; those of its site or the organization count again. */
  async inheritHours(id: string): Promise<void> {
    await settled(this.http.delete(apiUrl(`/resources/${id}/business-hours`)));
  }

  async blackouts(id: string, signal?: AbortSignal): Promise<readonly Blackout[]> {
    return (await settled(this.http.get<List<Blackout>>(apiUrl(`/resources/${id}/blackouts`), { params: { limit: MOST_A_PAGE } }), signal)).data;
  }

  /** Closes a resource for a time; bookings within it stay and are told. */
  blackOut(id: string, time: { start: string; end: string; reason: string | null }): Promise<Blackout & { readonly affected?: { readonly total: number } }> {
    return settled(this.http.post<Blackout>(apiUrl(`/resources/${id}/blackouts`), time));
  }

  async lift(id: string, blackoutId: string): Promise<void> {
    await settled(this.http.delete(apiUrl(`/resources/${id}/blackouts/${blackoutId}`)));
  }

  types(): Promise<readonly ResourceType[]> {
    return this.all<ResourceType>('/resource-types');
  }

  sites(): Promise<readonly Site[]> {
    return this.all<Site>('/sites');
  }

  floors(): Promise<readonly Floor[]> {
    return this.all<Floor>('/floors');
  }

  async tags(): Promise<readonly TagCount[]> {
    return (await settled(this.http.get<List<TagCount>>(apiUrl('/tags')))).data;
  }

  addSite(site: { name: string; countryCode: string; timeZone: string }): Promise<Site> {
    return settled(this.http.post<Site>(apiUrl('/sites'), site));
  }

  addFloor(floor: { siteId: string; name: string }): Promise<Floor> {
    return settled(this.http.post<Floor>(apiUrl('/floors'), floor));
  }

  private async all<T>(path: string): Promise<readonly T[]> {
    const found: T[] = [];
    let cursor: string | null = null;
    do {
      const params: Record<string, string | number> = { limit: MOST_A_PAGE, ...(cursor === null ? {} : { cursor }) };
      const page: List<T> = await settled(this.http.get<List<T>>(apiUrl(path), { params }));
      found.push(...page.data);
      cursor = page.page?.hasMore ? page.page.nextCursor : null;
    } while (cursor !== null);
    return found;
  }
}

/** The bookings a `resource-has-reservations` names, and how many there are in all. */
export function bookingsInTheWay(problem: { readonly body: Readonly<Record<string, unknown>> }): { readonly shown: readonly BookingInTheWay[]; readonly total: number } {
  const shown = (problem.body['reservations'] ?? []) as readonly BookingInTheWay[];
  return { shown, total: Number(problem.body['total'] ?? shown.length) };
}

export function filterParams(filter: ResourceFilter): HttpParams {
  let params = new HttpParams().set('sort', filter.sort);
  if (filter.q) params = params.set('q', filter.q);
  if (filter.status) params = params.set('status', filter.status.join(','));
  if (filter.typeId) params = params.set('typeId', filter.typeId);
  if (filter.siteId) params = params.set('siteId', filter.siteId);
  if (filter.floorId) params = params.set('floorId', filter.floorId);
  if (filter.capacity) params = params.set('capacity', filter.capacity);
  for (const tag of filter.tags) params = params.append('tag', tag);
  return params;
}

/** The answer as a promise that rejects with Problem. */
export function settled<T>(answer: Observable<T>, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const subscription = answer.subscribe({ next: resolve, error: (error: unknown) => reject(toProblem(error)) });
    signal?.addEventListener('abort', () => {
      subscription.unsubscribe();
      reject(toProblem(signal.reason));
    });
  });
}

import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { apiUrl } from '@berth/web/data';
import { firstValueFrom } from 'rxjs';

/** A short claim while a form is open. Instants are RFC 3339. */
export interface Hold {
  readonly id: string;
  /** When it ends unless it is refreshed. */
  readonly expiresAt: string;
  /** When it ends however often it is refreshed. */
  readonly maxExpiresAt: string;
}

/** A time of a resource somebody wants. */
export interface Slot {
  readonly resourceId: string;
  /** Further resources for the same time: all or none. */
  readonly alsoIds?: readonly string[];
  readonly start: string;
  readonly end: string;
  readonly quantity?: number;
  /** The person it is for, where that is somebody else. */
  readonly onBehalfOf?: string;
}

/** As the API takes it: one resource by itself, or several of which all are had or none. */
export function asked<T extends Pick<Slot, 'resourceId' | 'alsoIds'>>({ alsoIds = [], ...one }: T) {
  if (alsoIds.length === 0) return one;
  const { resourceId, ...rest } = one;
  return { ...rest, resourceIds: [resourceId, ...alsoIds] };
}

/** The calls about holds. Every promise rejects with a Problem. */
@Injectable({ providedIn: 'root' })
export class HoldsApi {
  private readonly http = inject(HttpClient);

  /** @throws Problem as booking does */
  take(slot: Slot): Promise<Hold> {
    return firstValueFrom(this.http.post<Hold>(apiUrl('/holds'), asked(slot)));
  }

  /** @throws Problem `hold-expired`, `not-found` */
  refresh(id: string): Promise<Hold> {
    return firstValueFrom(this.http.post<Hold>(apiUrl(`/holds/${id}/refresh`), {}));
  }

  release(id: string): Promise<unknown> {
    return firstValueFrom(this.http.delete(apiUrl(`/holds/${id}`)));
  }

  /** Lets go while the page is being left, when no answer can be waited for. */
  releaseOnLeaving(id: string): void {
    navigator.sendBeacon(apiUrl(`/holds/${id}/release`));
  }
}

import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import type { OwnQuotaResponse } from '@berth/api-client';
import { apiUrl } from '@berth/web/data';
import { firstValueFrom } from 'rxjs';
import type { BookableResource } from '../resources-api';

/** What of a quota somebody has used; the unit is that of the measure. */
export type OwnQuota = OwnQuotaResponse;

/** How much one may book, over REST. Promises reject with a Problem. */
@Injectable({ providedIn: 'root' })
export class OwnQuotas {
  private readonly http = inject(HttpClient);

  /** Those that count for oneself, nearest their end first. */
  async all(): Promise<readonly OwnQuota[]> {
    return (await firstValueFrom(this.http.get<{ data: readonly OwnQuota[] }>(apiUrl('/quotas/my-reservations')))).data;
  }
}

/** Whether a quota counts what is booked of a resource. */
export function isAbout({ what }: Pick<OwnQuota, 'what'>, { id, type, site }: Pick<BookableResource, 'id' | 'type' | 'site'>): boolean {
  if (what.kind === 'type') return what.id === type.id;
  if (what.kind === 'site') return what.id === site?.id;
  return what.kind === 'resource' ? what.id === id : true;
}

import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import type { OwnResourceResponse, ResourceAssignmentResponse, TakenBackResponse } from '@berth/api-client';
import { apiUrl } from '@berth/web/data';
import { firstValueFrom } from 'rxjs';

/** What is somebody's own, and the days they share. Every promise rejects with a Problem. */
@Injectable({ providedIn: 'root' })
export class OwnApi {
  private readonly http = inject(HttpClient);

  async own(): Promise<readonly OwnResourceResponse[]> {
    return (await firstValueFrom(this.http.get<{ data: OwnResourceResponse[] }>(apiUrl('/users/me/assignments')))).data;
  }

  /** @param day `YYYY-MM-DD` by the clock of the resource */
  share(resourceId: string, day: string): Promise<ResourceAssignmentResponse> {
    return firstValueFrom(this.http.put<ResourceAssignmentResponse>(urlOf(resourceId), { from: day, to: day }));
  }

  /** @param dryRun only tells what of others would stay */
  takeBack(resourceId: string, day: string, dryRun: boolean): Promise<TakenBackResponse> {
    return firstValueFrom(this.http.delete<TakenBackResponse>(urlOf(resourceId), { params: { from: day, to: day, dryRun } }));
  }
}

const urlOf = (resourceId: string): string => apiUrl(`/resources/${resourceId}/assignment/shared-days`);

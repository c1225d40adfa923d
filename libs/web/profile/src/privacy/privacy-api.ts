import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { apiUrl } from '@berth/web/data';
import { firstValueFrom } from 'rxjs';

/** Everything about a person, as it was asked for; instants are RFC 3339. */
export interface PersonalExport {
  readonly id: string;
  readonly personName: string;
  readonly state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  readonly askedAt: string;
  readonly availableUntil: string | null;
}

/** What an erasure did, or would do. */
export interface Erasure {
  readonly anonymous: number;
  readonly leaving: { readonly total: number };
}

/** One's own data over REST. Promises reject with a Problem. */
@Injectable({ providedIn: 'root' })
export class PrivacyApi {
  private readonly http = inject(HttpClient);

  async exports(): Promise<readonly PersonalExport[]> {
    return (await firstValueFrom(this.http.get<{ data: readonly PersonalExport[] }>(apiUrl('/users/me/exports')))).data;
  }

  /** @throws Problem `password-wrong`, `too-many-attempts` */
  askForExport(password: string): Promise<unknown> {
    return firstValueFrom(this.http.post(apiUrl('/users/me/export'), { password }));
  }

  file(id: string): Promise<unknown> {
    return firstValueFrom(this.http.get(apiUrl(`/users/me/exports/${id}/file`)));
  }

  async mayErase(): Promise<boolean> {
    return (await firstValueFrom(this.http.get<{ mayEraseOneself: boolean }>(apiUrl('/privacy-rules')))).mayEraseOneself;
  }

  whatWouldGo(): Promise<Erasure> {
    return firstValueFrom(this.http.post<Erasure>(apiUrl('/users/me/erase'), { password: '' }, { params: { dryRun: true } }));
  }

  /** @throws Problem `password-wrong`, `too-many-attempts`, `last-owner`, `permission-denied` */
  erase(password: string): Promise<Erasure> {
    return firstValueFrom(this.http.post<Erasure>(apiUrl('/users/me/erase'), { password }));
  }
}

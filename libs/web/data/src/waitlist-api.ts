import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { apiUrl } from './api-url';

export type WaitlistStatus = 'waiting' | 'offered' | 'accepted' | 'declined' | 'expired' | 'left';

/** Somebody's place in the queue for a time that is taken. */
export interface WaitlistEntry {
  readonly id: string;
  readonly status: WaitlistStatus;
  /** What is waited for by name, several together or not at all; none where criteria say what would do. */
  readonly resources: readonly { readonly id: string; readonly name: string }[];
  readonly criteria: Readonly<Record<string, unknown>> | null;
  readonly start: string;
  readonly end: string;
  readonly timeZone: string;
  readonly flexMinutes: number;
  readonly quantity: number;
  readonly autoAccept: boolean;
  readonly title: string | null;
  /** Answers of the booking it becomes. */
  readonly customFields?: Readonly<Record<string, string | number | boolean>>;
  /** 1 is next; null once nobody waits any more. */
  readonly position: number | null;
  /** Share of such entries that got a time lately; null while too few are known. */
  readonly likelihood: number | null;
  readonly offer: {
    /** All that is offered together. */
    readonly resources: readonly { readonly id: string; readonly name: string }[];
    readonly start: string;
    readonly end: string;
    readonly expiresAt: string;
  } | null;
  readonly reservationId: string | null;
  readonly joinedAt: string;
}

export interface JoinRequest {
  /** Several are wanted together or not at all. */
  readonly resourceIds: readonly string[];
  readonly start: string;
  readonly end: string;
  readonly timeZone: string;
  readonly flexMinutes?: number;
  readonly autoAccept?: boolean;
  readonly quantity?: number;
  readonly title?: string | null;
  readonly customFields?: Readonly<Record<string, string | number | boolean | null>>;
}

/** The calls about waiting. Every promise rejects with a Problem. */
@Injectable({ providedIn: 'root' })
export class WaitlistApi {
  private readonly http = inject(HttpClient);

  /** One's own, newest first. */
  async mine(status?: readonly WaitlistStatus[]): Promise<readonly WaitlistEntry[]> {
    const params = { limit: 100, ...(status && { status: status.join(',') }) };
    return (await firstValueFrom(this.http.get<{ data: WaitlistEntry[] }>(apiUrl('/waitlist'), { params }))).data;
  }

  /** @throws Problem `already-exists` for who waits for the same already */
  join(request: JoinRequest): Promise<WaitlistEntry> {
    return firstValueFrom(this.http.post<WaitlistEntry>(apiUrl('/waitlist'), request));
  }

  /** @param customFields answers the entry does not have. @throws Problem `hold-expired`, `invalid-state`, and those of booking */
  accept(id: string, customFields?: JoinRequest['customFields']): Promise<WaitlistEntry> {
    return firstValueFrom(this.http.post<WaitlistEntry>(apiUrl(`/waitlist/${id}/accept`), customFields ? { customFields } : {}));
  }

  decline(id: string): Promise<WaitlistEntry> {
    return firstValueFrom(this.http.post<WaitlistEntry>(apiUrl(`/waitlist/${id}/decline`), {}));
  }

  async leave(id: string): Promise<void> {
    await firstValueFrom(this.http.delete(apiUrl(`/waitlist/${id}`)));
  }
}

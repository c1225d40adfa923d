import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { apiUrl, ifMatch } from '@berth/web/data';
import { firstValueFrom } from 'rxjs';
import type { NotificationPreferences } from './notification-preferences';

/** A browser that shows notifications, as the API gives it. */
export interface PushSubscriptionEntry {
  readonly id: string;
  readonly userAgent: string | null;
  readonly createdAt: string;
}

const ownPreferences = apiUrl('/users/me/notification-preferences');
const ownBrowsers = apiUrl('/users/me/push-subscriptions');

/** The calls about how somebody wants to be told. Promises reject with a Problem. */
@Injectable({ providedIn: 'root' })
export class NotificationPreferencesApi {
  private readonly http = inject(HttpClient);

  read(): Promise<NotificationPreferences> {
    return firstValueFrom(this.http.get<NotificationPreferences>(ownPreferences));
  }

  /** @throws Problem `precondition-failed` when it was changed elsewhere */
  save({ version, matrix, ...rest }: NotificationPreferences): Promise<NotificationPreferences> {
    // Presets have a matrix of their own.
    const body = rest.preset === 'own' ? { ...rest, matrix } : rest;
    return firstValueFrom(this.http.put<NotificationPreferences>(ownPreferences, body, { headers: ifMatch(version) }));
  }

  /** What browsers know this installation by. */
  async pushKey(): Promise<string> {
    return (await firstValueFrom(this.http.get<{ publicKey: string }>(apiUrl('/notifications/push-key')))).publicKey;
  }

  async browsers(): Promise<readonly PushSubscriptionEntry[]> {
    return (await firstValueFrom(this.http.get<{ data: PushSubscriptionEntry[] }>(ownBrowsers))).data;
  }

  add(subscription: PushSubscriptionJSON): Promise<PushSubscriptionEntry> {
    const { endpoint, keys } = subscription;
    return firstValueFrom(this.http.post<PushSubscriptionEntry>(ownBrowsers, { endpoint, keys }));
  }

  async remove(id: string): Promise<void> {
    await firstValueFrom(this.http.delete(`${ownBrowsers}/${id}`));
  }
}

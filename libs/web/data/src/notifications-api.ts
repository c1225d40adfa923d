import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { apiUrl } from './api-url';
import type { Notification, NotificationPage, NotificationTab } from './notification';

/** The calls about one's own notifications. Every promise rejects with a Problem. */
@Injectable({ providedIn: 'root' })
export class NotificationsApi {
  private readonly http = inject(HttpClient);

  /** The newest first. */
  list(tab: NotificationTab, limit: number, cursor: string | null = null): Promise<NotificationPage> {
    const params = { tab, limit, ...(cursor === null ? {} : { cursor }) };
    return firstValueFrom(this.http.get<NotificationPage>(apiUrl('/notifications'), { params }));
  }

  markRead(id: string): Promise<Notification> {
    return this.mark(id, 'read', {});
  }

  markUnread(id: string): Promise<Notification> {
    return this.mark(id, 'unread', {});
  }

  /** Puts it off: until then it neither waits nor counts. */
  snooze(id: string, until: string): Promise<Notification> {
    return this.mark(id, 'snooze', { until });
  }

  /** @param before what came later stays unread */
  async markAllRead(before: string): Promise<void> {
    await firstValueFrom(this.http.post(apiUrl('/notifications/read-all'), { before }));
  }

  private mark(id: string, verb: string, body: object): Promise<Notification> {
    return firstValueFrom(this.http.post<Notification>(apiUrl(`/notifications/${id}/${verb}`), body));
  }
}

import { notificationEvent, type NotificationEventType } from '@berth/contracts';
import type { Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';

/** Whose notification it is. */
export interface OwnNotification {
  readonly id: string;
  readonly organizationId: string;
  readonly accountId: string;
}

/** Tells the screens of a person that there is something new or different; one event a person, however much it is. */
@Injectable()
export class NewsOfNotifications {
  constructor(private readonly outbox: Outbox) {}

  created(tx: Tx, notifications: readonly OwnNotification[]): Promise<void> {
    return this.tell(tx, 'notification.created', notifications);
  }

  updated(tx: Tx, notifications: readonly OwnNotification[]): Promise<void> {
    return this.tell(tx, 'notification.updated', notifications);
  }

  private async tell(tx: Tx, type: NotificationEventType, notifications: readonly OwnNotification[]): Promise<void> {
    const ofPerson = Map.groupBy(notifications, (it) => it.accountId);
    const ofOrganization = Map.groupBy(
      [...ofPerson.values()].flatMap((own) => {
        const newest = own.at(-1);
        return newest ? [{ ...newest, count: own.length }] : [];
      }),
      (it) => it.organizationId,
    );
    for (const [organizationId, people] of ofOrganization) {
      const events = people.map(({ id, accountId, count }) => notificationEvent(type, { id, accountId, count }));
      await this.outbox.append(tx, { organizationId, accountId: null, requestId: null }, ...events);
    }
  }
}

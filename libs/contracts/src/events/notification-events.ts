import type { DomainEvent } from '../event';

/** That a person was told something; what it was stands with them alone. */
export interface NotificationFacts {
  /** The newest it is about. */
  readonly id: string;
  /** Whose it is; nobody else is told. */
  readonly accountId: string;
  readonly count: number;
}

export const notificationEventTypes = ['notification.created', 'notification.updated'] as const;
export type NotificationEventType = (typeof notificationEventTypes)[number];
export type NotificationEvent = DomainEvent<NotificationEventType, NotificationFacts>;

export const notificationEvent = (type: NotificationEventType, facts: NotificationFacts): NotificationEvent => ({
  type,
  subject: { kind: 'notifications', id: facts.id },
  data: facts,
});

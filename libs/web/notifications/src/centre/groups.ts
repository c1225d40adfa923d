import type { Notification } from '@berth/web/data';

/** What was told about one thing, the newest first. */
export interface NotificationGroup {
  readonly key: string;
  readonly newest: Notification;
  readonly all: readonly Notification[];
}

/** Puts together what is about one thing; what was told last stands first. @param notifications the newest first */
export function groupsOf(notifications: readonly Notification[]): readonly NotificationGroup[] {
  return [...Map.groupBy(notifications, (it) => it.groupKey)].flatMap(([key, all]) => {
    const [newest] = all;
    return newest ? [{ key, newest, all }] : [];
  });
}

/** What is shown of a group that is not open: the newest, and whatever waits for the person. */
export const shownOf = ({ all, newest }: NotificationGroup, isOpen: boolean): readonly Notification[] =>
  isOpen ? all : all.filter((it) => it === newest || it.needsAction);

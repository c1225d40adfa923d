import { computed, inject, type Signal } from '@angular/core';
import { NotificationNews, type NotificationTab } from '@berth/web/data';
import type { Choice } from '@berth/web/ui';
import { NotificationWords } from '../words/notification-words';

/** The two tabs, with how much waits and how much is new. In an injection context. i18n: notifications.tab.* */
export function tabChoices(): Signal<readonly Choice<NotificationTab>[]> {
  const { counts } = inject(NotificationNews);
  const words = inject(NotificationWords);
  const labelled = (value: NotificationTab, counted: 'counted' | 'unread', count: number): Choice<NotificationTab> => ({
    value,
    label: count > 0 ? words.text(`tab.${counted}`, { name: words.text(`tab.${value}`), count }) : words.text(`tab.${value}`),
  });
  // What needs one is counted whether it was read or not, so it may be more than what is new.
  return computed(() => [labelled('action', 'counted', counts().needsAction), labelled('all', 'unread', counts().unread)]);
}

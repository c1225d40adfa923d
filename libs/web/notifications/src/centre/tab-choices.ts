import { computed, inject, type Signal } from '@angular/core';
import { NotificationNews, type NotificationTab } from '@berth/web/data';
import type { Choice } from '@berth/web/ui';
import { NotificationWords } from '../words/notification-words';

/** The two tabs, with how much waits and how much is new. In an injection context. i18n: notifications.tab.* */
export function tabChoices(): Signal<readonly Choice<NotificationTab>[]> {
  const { counts } = inject(NotificationNews);
  const words = inject(NotificationWords);
  const labelled = (value: NotificationTab, count: number): Choice<NotificationTab> => ({
    value,
    label: count > 0 ? words.text('tab.counted', { name: words.text(`tab.${value}`), count }) : words.text(`tab.${value}`),
  });
  return computed(() => [labelled('action', counts().needsAction), labelled('all', counts().unread)]);
}

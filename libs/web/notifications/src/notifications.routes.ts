import type { Routes } from '@angular/router';

/** Routes below `/notifications`. */
export const notificationRoutes: Routes = [
  {
    path: '',
    title: 'notifications.page',
    loadComponent: () => import('./centre/notifications-page').then((it) => it.NotificationsPage),
  },
];

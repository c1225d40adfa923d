import type { Routes } from '@angular/router';

/** Routes below `/notifications`. */
export const notificationRoutes: Routes = [
  {
    path: '',
    title: 'notifications.page',
    loadComponent: () => import('./centre/notifications-page').then((it) => it.NotificationsPage),
  },
];

/** Where links of letters lead. */
export const actRoutes: Routes = [
  { path: '', title: 'notifications.act.page', loadComponent: () => import('./act/act-page').then((it) => it.ActPage) },
];

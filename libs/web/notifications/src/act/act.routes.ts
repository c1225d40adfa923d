import type { Routes } from '@angular/router';

/** Where links of letters lead. */
export const actRoutes: Routes = [
  { path: '', title: 'notifications.act.page', loadComponent: () => import('./act-page').then((it) => it.ActPage) },
];

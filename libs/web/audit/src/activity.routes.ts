import type { Routes } from '@angular/router';

/** Routes below `/me/activity`. */
export const activityRoutes: Routes = [
  { path: '', title: 'profile.activity', loadComponent: () => import('./activity/activity-page').then((it) => it.ActivityPage) },
];

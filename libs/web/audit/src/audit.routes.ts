import type { Routes } from '@angular/router';

/** Routes below `/admin/audit`. */
export const auditRoutes: Routes = [
  { path: '', title: 'audit.page', loadComponent: () => import('./page/audit-page').then((it) => it.AuditPage) },
];

/** Routes below `/me/activity`. */
export const activityRoutes: Routes = [
  { path: '', title: 'audit.activity', loadComponent: () => import('./activity/activity-page').then((it) => it.ActivityPage) },
];

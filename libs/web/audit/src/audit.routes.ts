import type { Routes } from '@angular/router';

/** Routes below `/admin/audit`. */
export const auditRoutes: Routes = [
  { path: '', title: 'audit.page', loadComponent: () => import('./page/audit-page').then((it) => it.AuditPage) },
];

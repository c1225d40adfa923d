import { inject } from '@angular/core';
import { Router, type Routes, type UrlTree } from '@angular/router';
import { auditRoutes } from '@berth/web/audit';
import { Session, speaking } from '@berth/web/data';

/** Routes below `/admin`. */
export const adminRoutes: Routes = [
  {
    path: '',
    loadComponent: () => import('./admin-frame').then((it) => it.AdminFrame),
    children: [
      { path: '', pathMatch: 'full', canActivate: [toFirstPage], children: [] },
      {
        path: 'resources',
        title: 'admin.page',
        canDeactivate: [(page: { readonly mayLeave: () => boolean | Promise<boolean> }) => page.mayLeave()],
        loadComponent: () => import('./list/resource-list').then((it) => it.ResourceList),
      },
      {
        path: 'types',
        title: 'admin.types.title',
        canDeactivate: [(page: { readonly mayLeave: () => boolean | Promise<boolean> }) => page.mayLeave()],
        loadComponent: () => import('./types/types-page').then((it) => it.TypesPage),
      },
      {
        path: 'rules',
        title: 'admin.rulesPage.title',
        loadComponent: () => import('./rules/rules-page').then((it) => it.RulesPage),
      },
      {
        path: 'webhooks',
        loadChildren: speaking(['admin-webhooks'], () => import('./webhooks/webhooks.routes').then((it) => it.webhookRoutes)),
      },
      { path: 'audit', children: auditRoutes },
      { path: 'system', title: 'admin.system.page', loadComponent: () => import('./system/system-page').then((it) => it.SystemPage) },
      // Last, because it takes every path.
      {
        path: '',
        loadChildren: speaking(['admin-people', 'admin-rights'], () => import('./people.routes').then((it) => it.peopleRoutes)),
      },
    ],
  },
];

/** What the person has a use for first: who only decides who is in a group sees groups. Asked when it is known who that is. */
function toFirstPage(): UrlTree {
  const session = inject(Session);
  const pages = {
    ...{ resources: 'resource:manage', delegation: 'role:read', users: 'user:manage', clients: 'client:manage' },
    ...{ webhooks: 'webhook:manage', providers: 'organization:manage', audit: 'audit:read', quotas: 'quota:manage' },
  };
  const [page = 'groups'] = Object.entries(pages).find(([, permission]) => session.may(permission)) ?? [];
  return inject(Router).createUrlTree(['/admin', page]);
}

import { inject } from '@angular/core';
import { Router, type Routes, type UrlTree } from '@angular/router';
import { auditRoutes } from '@berth/web/audit';
import { Session } from '@berth/web/data';

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
        path: 'roles',
        title: 'admin.roles.title',
        canDeactivate: [(page: { readonly mayLeave: () => boolean | Promise<boolean> }) => page.mayLeave()],
        loadComponent: () => import('./roles/roles-page').then((it) => it.RolesPage),
      },
      { path: 'users', title: 'admin.users.page', loadComponent: () => import('./users/users-page').then((it) => it.UsersPage) },
      { path: 'clients', title: 'admin.clients.page', loadComponent: () => import('./clients/clients-page').then((it) => it.ClientsPage) },
      {
        path: 'webhooks',
        title: 'admin.webhooks.page',
        loadComponent: () => import('./webhooks/webhooks-page').then((it) => it.WebhooksPage),
      },
      {
        path: 'webhooks/new',
        title: 'admin.webhooks.new',
        canDeactivate: [(page: { readonly mayLeave: () => boolean | Promise<boolean> }) => page.mayLeave()],
        loadComponent: () => import('./webhooks/new-webhook-page').then((it) => it.NewWebhookPage),
      },
      {
        path: 'webhooks/:id',
        title: 'admin.webhooks.page',
        canDeactivate: [(page: { readonly mayLeave: () => boolean | Promise<boolean> }) => page.mayLeave()],
        loadComponent: () => import('./webhooks/webhook-page').then((it) => it.WebhookPage),
      },
      { path: 'quotas', title: 'admin.quotas.page', loadComponent: () => import('./quotas/quotas-page').then((it) => it.QuotasPage) },
      { path: 'groups', title: 'admin.groups.page', loadComponent: () => import('./groups/groups-page').then((it) => it.GroupsPage) },
      {
        path: 'delegation',
        title: 'admin.delegation.page',
        loadComponent: () => import('./delegation/delegation-page').then((it) => it.DelegationPage),
      },
      { path: 'explain', title: 'admin.explain.page', loadComponent: () => import('./explain/explain-page').then((it) => it.ExplainPage) },
      {
        path: 'providers',
        title: 'admin.providers.title',
        loadComponent: () => import('./providers/providers-page').then((it) => it.ProvidersPage),
      },
      {
        path: 'security',
        title: 'admin.security.page',
        loadComponent: () => import('./security/security-page').then((it) => it.SecurityPage),
      },
      { path: 'audit', children: auditRoutes },
      { path: 'system', title: 'admin.system.page', loadComponent: () => import('./system/system-page').then((it) => it.SystemPage) },
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

import type { Routes } from '@angular/router';

/** Routes below `/admin` about people and programs, and what they may do. */
export const peopleRoutes: Routes = [
  {
    path: 'roles',
    title: 'admin.nav.roles',
    canDeactivate: [(page: { readonly mayLeave: () => boolean | Promise<boolean> }) => page.mayLeave()],
    loadComponent: () => import('./roles/roles-page').then((it) => it.RolesPage),
  },
  { path: 'users', title: 'admin.nav.users', loadComponent: () => import('./users/users-page').then((it) => it.UsersPage) },
  { path: 'clients', title: 'admin.nav.clients', loadComponent: () => import('./clients/clients-page').then((it) => it.ClientsPage) },
  { path: 'quotas', title: 'admin.nav.quotas', loadComponent: () => import('./quotas/quotas-page').then((it) => it.QuotasPage) },
  { path: 'groups', title: 'admin.nav.groups', loadComponent: () => import('./groups/groups-page').then((it) => it.GroupsPage) },
  {
    path: 'delegation',
    title: 'admin.nav.delegation',
    loadComponent: () => import('./delegation/delegation-page').then((it) => it.DelegationPage),
  },
  { path: 'explain', title: 'admin.nav.explain', loadComponent: () => import('./explain/explain-page').then((it) => it.ExplainPage) },
  {
    path: 'providers',
    title: 'admin.nav.providers',
    loadComponent: () => import('./providers/providers-page').then((it) => it.ProvidersPage),
  },
  {
    path: 'security',
    title: 'admin.nav.security',
    loadComponent: () => import('./security/security-page').then((it) => it.SecurityPage),
  },
];

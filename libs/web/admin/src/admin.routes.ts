import type { Routes } from '@angular/router';

/** Routes below `/admin`. */
export const adminRoutes: Routes = [
  {
    path: '',
    loadComponent: () => import('./admin-frame').then((it) => it.AdminFrame),
    children: [
      { path: '', pathMatch: 'full', redirectTo: 'resources' },
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
      { path: 'system', title: 'admin.system.page', loadComponent: () => import('./system/system-page').then((it) => it.SystemPage) },
    ],
  },
];

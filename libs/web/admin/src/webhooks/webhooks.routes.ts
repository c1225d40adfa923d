import type { Routes } from '@angular/router';

/** Routes below `/admin/webhooks`. */
export const webhookRoutes: Routes = [
  {
    path: '',
    title: 'admin.nav.webhooks',
    loadComponent: () => import('./webhooks-page').then((it) => it.WebhooksPage),
  },
  {
    path: 'new',
    title: 'admin.webhooks.new',
    canDeactivate: [(page: { readonly mayLeave: () => boolean | Promise<boolean> }) => page.mayLeave()],
    loadComponent: () => import('./new-webhook-page').then((it) => it.NewWebhookPage),
  },
  {
    path: ':id',
    title: 'admin.nav.webhooks',
    canDeactivate: [(page: { readonly mayLeave: () => boolean | Promise<boolean> }) => page.mayLeave()],
    loadComponent: () => import('./webhook-page').then((it) => it.WebhookPage),
  },
];

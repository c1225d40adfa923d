import type { Routes } from '@angular/router';
import { speaking } from '@berth/web/data';

/** Routes below `/me` that are about the account. */
export const profileRoutes: Routes = [
  {
    path: '',
    loadComponent: () => import('./profile-frame').then((it) => it.ProfileFrame),
    children: [
      { path: '', pathMatch: 'full', redirectTo: 'profile' },
      { path: 'profile', title: 'profile.page', loadComponent: () => import('./preferences/profile-page').then((it) => it.ProfilePage) },
      {
        path: 'notifications',
        title: 'profile.notifications.page',
        loadComponent: speaking(['notifications'], () =>
          import('./notifications/notification-settings-page').then((it) => it.NotificationSettingsPage),
        ),
      },
      {
        path: 'security',
        title: 'profile.security.page',
        loadComponent: () => import('./security/security-page').then((it) => it.SecurityPage),
      },
      {
        path: 'tokens',
        title: 'profile.tokens.page',
        loadComponent: speaking(['booking'], () => import('./tokens/tokens-page').then((it) => it.TokensPage)),
      },
      {
        path: 'ssh-keys',
        title: 'profile.sshKeys.page',
        loadComponent: () => import('./ssh-keys/ssh-keys-page').then((it) => it.SshKeysPage),
      },
      {
        path: 'quotas',
        title: 'profile.quotas.page',
        loadComponent: speaking(['booking'], () => import('./quotas/quotas-page').then((it) => it.QuotasPage)),
      },
      { path: 'activity', loadChildren: speaking(['audit'], () => import('@berth/web/audit').then((it) => it.activityRoutes)) },
      {
        path: 'privacy',
        title: 'profile.privacy.page',
        loadComponent: () => import('./privacy/privacy-page').then((it) => it.PrivacyPage),
      },
    ],
  },
];

import type { Routes } from '@angular/router';

/** Sign-in and registration. */
export const signInRoutes: Routes = [
  {
    path: '',
    loadComponent: () => import('./entry').then((it) => it.Entry),
    children: [
      { path: '', title: 'signIn.page', loadComponent: () => import('./sign-in').then((it) => it.SignIn) },
      { path: 'return', title: 'signIn.page', loadComponent: () => import('./provider-return').then((it) => it.ProviderReturn) },
      { path: 'forgot', title: 'account.forgot.title', loadComponent: () => import('./forgot').then((it) => it.Forgot) },
      { path: 'register', title: 'register.page', loadComponent: () => import('./register').then((it) => it.Register) },
    ],
  },
];

/** Pages that links in letters lead to. */
export const accountRoutes: Routes = [
  {
    path: '',
    loadComponent: () => import('./entry').then((it) => it.Entry),
    children: [
      {
        path: 'invitation',
        title: 'account.invitation.page',
        loadComponent: () => import('./accept-invitation').then((it) => it.AcceptInvitation),
      },
      { path: 'password', title: 'account.password.title', loadComponent: () => import('./new-password').then((it) => it.NewPassword) },
      ...(['registration', 'email'] as const).map((what) => ({
        path: what,
        title: `account.${what}.title`,
        data: { what },
        loadComponent: () => import('./confirm-link').then((it) => it.ConfirmLink),
      })),
    ],
  },
];

import type { Routes } from '@angular/router';

/** Sign-in and registration. */
export const signInRoutes: Routes = [
  {
    path: '',
    loadComponent: () => import('./entry').then((it) => it.Entry),
    children: [
      { path: '', title: 'signIn.page', loadComponent: () => import('./sign-in').then((it) => it.SignIn) },
      { path: 'register', title: 'register.page', loadComponent: () => import('./register').then((it) => it.Register) },
    ],
  },
];

import type { Routes } from '@angular/router';

/** Sign-in and registration. */
export const signInRoutes: Routes = [{ path: '', loadComponent: () => import('./sign-in').then((it) => it.SignIn) }];

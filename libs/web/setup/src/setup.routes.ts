import type { Routes } from '@angular/router';

/** The first-run wizard. */
export const setupRoutes: Routes = [{ path: '', loadComponent: () => import('./setup').then((it) => it.Setup) }];

import type { Routes } from '@angular/router';
import { onlySignedIn, onlyWhileOpen, onlyWhoManages, onlyWith } from './guards';

/** One line a feature; every screen is loaded when it is first shown. */
export const routes: Routes = [
  { path: 'login', title: 'signIn.page', loadChildren: () => import('@berth/web/sign-in').then((it) => it.signInRoutes) },
  { path: 'account', loadChildren: () => import('@berth/web/sign-in').then((it) => it.accountRoutes) },
  { path: 'connect', canActivate: [onlySignedIn], loadChildren: () => import('@berth/web/sign-in').then((it) => it.connectRoutes) },
  { path: 'device', canActivate: [onlySignedIn], loadChildren: () => import('@berth/web/sign-in').then((it) => it.deviceRoutes) },
  {
    path: 'act',
    loadComponent: () => import('@berth/web/sign-in').then((it) => it.Entry),
    loadChildren: () => import('@berth/web/notifications').then((it) => it.actRoutes),
  },
  {
    path: 'setup',
    title: 'setup.page',
    canActivate: [onlyWhileOpen],
    loadChildren: () => import('@berth/web/setup').then((it) => it.setupRoutes),
  },
  {
    path: '',
    canActivate: [onlySignedIn],
    loadComponent: () => import('./shell/shell').then((it) => it.Shell),
    children: [
      { path: '', pathMatch: 'full', loadChildren: () => import('@berth/web/home').then((it) => it.homeRoutes) },
      { path: 'book', loadChildren: () => import('@berth/web/find').then((it) => it.findRoutes) },
      { path: 'timeline', loadChildren: () => import('@berth/web/timeline').then((it) => it.timelineRoutes) },
      {
        path: 'admin',
        canActivate: [onlyWhoManages],
        loadChildren: () => import('@berth/web/admin').then((it) => it.adminRoutes),
      },
      {
        path: 'approvals',
        canActivate: [onlyWith('approval:decide')],
        loadChildren: () => import('@berth/web/approvals').then((it) => it.approvalRoutes),
      },
      { path: 'me/bookings', loadChildren: () => import('@berth/web/reservations').then((it) => it.reservationRoutes) },
      { path: 'me/waitlist', loadChildren: () => import('@berth/web/waitlist').then((it) => it.waitlistRoutes) },
      { path: 'notifications', loadChildren: () => import('@berth/web/notifications').then((it) => it.notificationRoutes) },
      { path: 'me', loadChildren: () => import('@berth/web/profile').then((it) => it.profileRoutes) },
      { path: 'check-in', loadChildren: () => import('@berth/web/reservations').then((it) => it.checkInRoutes) },
      { path: '**', title: 'notFound.page', loadComponent: () => import('./not-found').then((it) => it.NotFound) },
    ],
  },
];

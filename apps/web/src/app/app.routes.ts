import type { Routes } from '@angular/router';
import { speaking } from '@berth/web/data';
import { onlySignedIn, onlyWhileOpen, onlyWhoManages, onlyWith } from './guards';

/** One line a feature; every screen is loaded when it is first shown, and with it the texts that are not on every page. */
export const routes: Routes = [
  { path: 'login', title: 'signIn.page', loadChildren: () => import('@berth/web/sign-in').then((it) => it.signInRoutes) },
  { path: 'account', loadChildren: () => import('@berth/web/sign-in').then((it) => it.accountRoutes) },
  {
    path: 'connect',
    canActivate: [onlySignedIn],
    loadChildren: speaking(['admin-rights'], () => import('@berth/web/sign-in').then((it) => it.connectRoutes)),
  },
  {
    path: 'device',
    canActivate: [onlySignedIn],
    loadChildren: speaking(['admin-rights'], () => import('@berth/web/sign-in').then((it) => it.deviceRoutes)),
  },
  {
    path: 'act',
    loadComponent: () => import('@berth/web/sign-in').then((it) => it.Entry),
    loadChildren: speaking(['notifications', 'booking'], () => import('@berth/web/notifications').then((it) => it.actRoutes)),
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
      {
        path: '',
        pathMatch: 'full',
        loadChildren: speaking(['reservations', 'booking', 'approvals', 'waitlist'], () =>
          import('@berth/web/home').then((it) => it.homeRoutes),
        ),
      },
      { path: 'book', loadChildren: speaking(['find', 'booking'], () => import('@berth/web/find').then((it) => it.findRoutes)) },
      {
        path: 'timeline',
        loadChildren: speaking(['timeline', 'booking', 'reservations'], () =>
          import('@berth/web/timeline').then((it) => it.timelineRoutes),
        ),
      },
      {
        path: 'admin',
        canActivate: [onlyWhoManages],
        loadChildren: speaking(['admin', 'audit', 'booking'], () => import('@berth/web/admin').then((it) => it.adminRoutes)),
      },
      {
        path: 'approvals',
        canActivate: [onlyWith('approval:decide')],
        loadChildren: speaking(['approvals', 'booking'], () => import('@berth/web/approvals').then((it) => it.approvalRoutes)),
      },
      {
        path: 'me/bookings',
        loadChildren: speaking(['reservations', 'booking'], () => import('@berth/web/reservations').then((it) => it.reservationRoutes)),
      },
      {
        path: 'me/waitlist',
        loadChildren: speaking(['waitlist', 'booking'], () => import('@berth/web/waitlist').then((it) => it.waitlistRoutes)),
      },
      {
        path: 'notifications',
        loadChildren: speaking(['notifications', 'booking', 'reservations', 'approvals', 'waitlist'], () =>
          import('@berth/web/notifications').then((it) => it.notificationRoutes),
        ),
      },
      { path: 'me', loadChildren: speaking(['profile'], () => import('@berth/web/profile').then((it) => it.profileRoutes)) },
      {
        path: 'check-in',
        loadChildren: speaking(['reservations', 'booking'], () => import('@berth/web/reservations').then((it) => it.checkInRoutes)),
      },
      { path: '**', title: 'notFound.page', loadComponent: () => import('./not-found').then((it) => it.NotFound) },
    ],
  },
];

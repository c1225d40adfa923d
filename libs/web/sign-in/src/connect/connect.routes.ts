import type { Routes } from '@angular/router';

/** Pages where a person lets a program act in their name. */
export const connectRoutes: Routes = [
  {
    path: '',
    loadComponent: () => import('../entry').then((it) => it.Entry),
    children: [{ path: '', title: 'connect.page', loadComponent: () => import('./connect-page').then((it) => it.ConnectPage) }],
  },
];

/** Where the code of a device is typed. */
export const deviceRoutes: Routes = [
  {
    path: '',
    loadComponent: () => import('../entry').then((it) => it.Entry),
    children: [{ path: '', title: 'connect.device.page', loadComponent: () => import('./device-page').then((it) => it.DevicePage) }],
  },
];

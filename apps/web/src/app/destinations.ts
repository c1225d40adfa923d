import { type IconName } from '@berth/web/ui';

/** A place of the console the navigation, the palette and the `G` keys know. */
export interface Destination {
  readonly path: string;
  /** Translation key of its name. */
  readonly label: string;
  readonly icon: IconName;
  readonly combo?: string;
  readonly adminsOnly?: boolean;
}

/** What exists now, in the order of the rail. */
export const destinations: readonly Destination[] = [
  { path: '/timeline', label: 'shell.nav.timeline', icon: 'chart-no-axes-gantt', combo: 'g t' },
  { path: '/me/bookings', label: 'shell.nav.mine', icon: 'calendar-check-2', combo: 'g y' },
  { path: '/admin/resources', label: 'shell.nav.admin', icon: 'settings', adminsOnly: true },
];

import { LucideCalendarCheck2, LucideChartNoAxesGantt, LucideSettings, type LucideIcon } from '@lucide/angular';

/** A place of the console the navigation, the palette and the `G` keys know. */
export interface Destination {
  readonly path: string;
  /** Translation key of its name. */
  readonly label: string;
  readonly icon: LucideIcon;
  readonly combo?: string;
  readonly adminsOnly?: boolean;
}

/** What exists now, in the order of the rail. i18n: shell.nav.* */
export const destinations: readonly Destination[] = [
  { path: '/timeline', label: 'shell.nav.timeline', icon: LucideChartNoAxesGantt, combo: 'g t' },
  { path: '/me/bookings', label: 'shell.nav.mine', icon: LucideCalendarCheck2, combo: 'g y' },
  { path: '/admin/resources', label: 'shell.nav.admin', icon: LucideSettings, adminsOnly: true },
];

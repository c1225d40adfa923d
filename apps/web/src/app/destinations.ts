import type { Session } from '@berth/web/data';
import { type IconName } from '@berth/web/ui';

/** A place of the console the navigation, the palette and the `G` keys know. */
export interface Destination {
  readonly path: string;
  /** Translation key of its name. */
  readonly label: string;
  readonly icon: IconName;
  readonly combo?: string;
  /** What one has to be allowed to see it; such places stand at the foot of the rail. */
  readonly permission?: string;
  /** For whoever manages something, be it one place or the members of a group. */
  readonly isForManagers?: true;
  /** Shows how many requests wait; without any only those who manage see it. */
  readonly countsApprovals?: boolean;
  /** Has no room in the bar of a phone and stands under More there. */
  readonly isUnderMore?: true;
  /** Has no line in the rail: it is reached from the palette, and from the place it belongs to. */
  readonly isOffRail?: true;
}

/** What exists now, in the order of the rail. */
export const destinations: readonly Destination[] = [
  { path: '/', label: 'shell.nav.home', icon: 'house', combo: 'g h' },
  { path: '/book', label: 'shell.nav.book', icon: 'calendar-plus', combo: 'g b' },
  { path: '/timeline', label: 'shell.nav.timeline', icon: 'chart-no-axes-gantt', combo: 'g t' },
  { path: '/me/bookings', label: 'shell.nav.mine', icon: 'calendar-check-2', combo: 'g y' },
  { path: '/me/waitlist', label: 'shell.nav.waitlist', icon: 'hourglass', combo: 'g w', isUnderMore: true },
  { path: '/notifications', label: 'shell.nav.notifications', icon: 'bell', combo: 'g n', isOffRail: true },
  {
    path: '/approvals',
    label: 'shell.nav.approvals',
    icon: 'shield-check',
    combo: 'g a',
    permission: 'approval:decide',
    countsApprovals: true,
  },
  { path: '/admin', label: 'shell.nav.admin', icon: 'settings', isForManagers: true },
  { path: '/admin/system', label: 'shell.nav.system', icon: 'server', permission: 'system:read', isOffRail: true },
];

/** Whether somebody has a use for a place. */
export const isOffered = ({ isForManagers, permission }: Destination, session: Session): boolean =>
  isForManagers ? session.manages() : permission === undefined || session.may(permission);

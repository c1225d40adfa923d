import type { Draft } from '../telling/draft';

/** Page of the console that shows what a notification is about. */
export function pageOf({ kind, target }: Pick<Draft, 'kind' | 'target'>): `/${string}` {
  if (kind === 'approval-asked' || kind === 'question-answered') return '/approvals';
  if (target.waitlistId) return '/me/waitlist';
  if (kind === 'security') return '/me/security';
  if (kind === 'quota-warning') return '/me/quotas';
  if (target.webhookId) return '/admin/webhooks';
  if (target.reservationId) return `/me/bookings?booking=${target.reservationId}`;
  if (target.seriesId) return '/me/bookings';
  return '/notifications';
}

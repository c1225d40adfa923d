import type { Notification } from '@berth/web/data';

/** Where a notification leads: to the thing it is about, on the screen it belongs to. */
export interface Place {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

/** Where what a job made is fetched or seen; that of all others is booked. */
const jobPlaces: Readonly<Record<string, string>> = { 'personal-data': '/me/privacy', 'audit-export': '/admin/audit' };

/** @returns null where there is nothing to look at */
export function placeOf({ kind, target, facts }: Notification): Place | null {
  if ((kind === 'approval-asked' || kind === 'question-answered') && target.approvalId)
    return { path: '/approvals', query: { request: target.approvalId } };
  if (kind === 'waitlist-offered' || kind === 'waitlist-expired') return { path: '/me/waitlist', query: {} };
  if (kind === 'quota-warning') return { path: '/me/quotas', query: {} };
  if (kind === 'security') return { path: '/me/security', query: {} };
  if (kind === 'webhook-disabled' && target.webhookId) return { path: `/admin/webhooks/${target.webhookId}`, query: {} };
  if (kind === 'job-ended') return { path: jobPlaces[facts.job?.kind ?? ''] ?? '/me/bookings', query: {} };
  return target.reservationId ? { path: '/me/bookings', query: { booking: target.reservationId } } : null;
}

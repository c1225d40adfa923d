import { soon } from './http';

/** An id that nothing has. */
export const nowhere = '00000000-0000-7000-8000-000000000000';

const openAccess = { see: { mode: 'everyone', groupIds: [] }, book: { mode: 'everyone', groupIds: [] } };

/** Bodies that pass validation, so that what is asked about is the thing and not the form. */
export const bodies: Readonly<Record<string, unknown>> = {
  'POST /reservations/{id}/edit-intervals': { intervals: [{ start: soon('08:00'), end: soon('09:00') }] },
  'POST /resources/{id}/status': { status: 'available' },
  'PUT /resources/{id}/business-hours': { days: [] },
  'PATCH /policy': { policy: {} },
  'PUT /sites/{id}/access': openAccess,
  'PUT /resources/{id}/access': openAccess,
  'POST /sites/{id}/access/preview': openAccess,
  'POST /resources/{id}/access/preview': openAccess,
  'PUT /resources/{id}/assignment': { personId: nowhere },
  'PUT /resources/{id}/assignment/shared-days': { from: '2030-01-01', to: '2030-01-01' },
  'POST /groups/{id}/members': { accountId: nowhere },
  'POST /roles/{id}/preview': { permissions: [] },
  'PUT /quotas/users/{id}': { tierId: null },
  'PUT /quotas/rules/{id}/exceptions/{accountId}': { limit: null, until: soon('08:00', 9) },
  'POST /resources/{id}/blackouts': { start: soon('20:00', 9), end: soon('21:00', 9), reason: 'x' },
  'POST /users/{id}/suspend': { reservations: 'keep' },
  'POST /users/{id}/erase': { reservations: 'cancel' },
  'POST /users/{id}/merge': { into: nowhere },
  'POST /reservations/{id}/extend': { minutes: 15 },
  'POST /reservations/{id}/transfer': { to: nowhere },
  'POST /approvals/{id}/respond': { decision: 'approve' },
  'POST /approvals/{id}/delegate': { to: nowhere },
  'POST /approvals/{id}/ask': { question: 'What for?' },
  'POST /approvals/{id}/answer': { answer: 'For a visitor.' },
  'PUT /approvals/resources/{id}/settings': { mode: 'none' },
  'POST /reservations/{id}/move': { start: soon('10:00') },
  'POST /users/{id}/stand-in': { reason: 'Looks at what they see' },
  'POST /users/{id}/second-factor/reset': { reason: 'Lost phone' },
  'PATCH /auth/passkeys/{id}': { name: 'Mine' },
  'POST /auth/passkeys/{id}/remove': { password: 'correct horse battery' },
  'POST /oauth/device/look': { userCode: 'BBBB-BBBB' },
  'POST /webhooks/callback': { reservationId: nowhere, outcome: 'granted' },
  'POST /notifications/{id}/snooze': { until: soon('08:00', 9) },
  'POST /series/{id}/fill': { recurrenceId: soon('18:00', 9) },
};

/** A body that passes validation and, where it is let in, changes nothing that a later line asks about. */
export function relatedBody(line: string, at: Record<string, string>): unknown {
  const wish = { resourceId: at['resource'], start: soon('14:00', 6), end: soon('15:00', 6) };
  const bodies: Readonly<Record<string, unknown>> = {
    'POST /availability/check': wish,
    'POST /reservations?dryRun=true': wish,
    'POST /reservations/{reservation}/move?dryRun=true': { start: soon('16:00', 6) },
    'PATCH /reservations/{reservation}': { title: 'Canary talk' },
    'PUT /resources/{resource}/business-hours': {
      days: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, intervals: [{ opens: '00:00', closes: '24:00' }] })),
    },
    'POST /resources/{resource}/blackouts': { start: soon('02:00', 30), end: soon('03:00', 30), reason: 'x' },
    'POST /resources/{resource}/status?dryRun=true': { status: 'available' },
    'PUT /resources/{resource}/assignment?dryRun=true': { personId: nowhere },
    'POST /roles/assignments': { roleId: 'approver', groupId: at['others'], siteId: at['site'] },
    'POST /floors': { siteId: at['site'], name: `Canary ${Math.random()}` },
    'POST /rooms': { floorId: at['floor'], name: `Canary ${Math.random()}` },
    'POST /resources#of-the-site': { name: 'Canary box', floorId: at['floor'] },
    'POST /resources#of-the-resource': { name: 'Canary drawer', parentId: at['asking'] },
    'PATCH /series/{series}': { title: 'Canary class' },
    'POST /approvals/{approval}/ask': { question: 'What for?' },
    'POST /resources': { name: 'X' },
    'POST /roles': { name: 'X', permissions: [] },
    'POST /sites/{site}/access/preview': openAccess,
    'POST /resources/{resource}/access/preview': openAccess,
    'POST /sites': { name: 'X', countryCode: 'DE', timeZone: 'Europe/Berlin' },
  };
  return bodies[line] ?? {};
}

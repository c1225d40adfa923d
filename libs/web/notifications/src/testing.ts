import type { Notification } from '@berth/web/data';

/** An approval somebody asks for, or what is said of it. */
export function aNotification(given: Partial<Notification> = {}): Notification {
  return {
    id: 'n-1',
    kind: 'approval-asked',
    subject: { kind: 'reservations', id: 'r-1' },
    groupKey: 'reservations/r-1',
    facts: {
      title: 'Project sync',
      resourceName: 'Turing',
      start: '2026-11-24T13:00:00Z',
      end: '2026-11-24T14:00:00Z',
      timeZone: 'Europe/Berlin',
      personName: 'Ana Kaya',
    },
    at: '2026-11-24T08:00:00Z',
    readAt: null,
    snoozedUntil: null,
    needsAction: true,
    actedAt: null,
    verbs: ['approve', 'reject', 'open'],
    target: { reservationId: 'r-1', approvalId: 'a-1' },
    ...given,
  };
}

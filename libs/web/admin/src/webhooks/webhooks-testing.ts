import type { Delivery, Webhook } from './webhooks-api';

const HEALTHY = { delivered: 10, failed: 0, successRate: 1, p95Ms: 120 };

/** A webhook that works, with what the spec is about. */
export const aWebhook = (parts: Partial<Webhook> = {}): Webhook => ({
  id: 'w-1',
  name: 'Door controller',
  url: 'https://doors.example/berth',
  state: 'active',
  disabledReason: null,
  events: ['reservation.*'],
  scope: { kind: 'all', ids: [], descendants: false },
  payload: 'thin',
  headers: [],
  secrets: [{ id: 'k-1', createdAt: '2026-11-01T08:00:00Z', expiresAt: null }],
  health: { day: HEALTHY, week: HEALTHY },
  lastDelivery: { at: '2026-11-22T06:00:00Z', state: 'delivered', status: 200 },
  createdAt: '2026-11-01T08:00:00Z',
  version: 3,
  ...parts,
});

/** A delivery the receiver did not take. */
export const aDelivery = (parts: Partial<Delivery> = {}): Delivery => ({
  id: 'd-1',
  eventId: 'e-1',
  eventType: 'reservation.created',
  subject: 'reservations/r-1',
  sequence: 41,
  state: 'failed',
  attempts: 2,
  lastStatus: 500,
  lastFailure: 'status',
  lastDurationMs: 87,
  createdAt: '2026-11-22T06:00:00Z',
  nextAttemptAt: '2026-11-22T06:30:00Z',
  deliveredAt: null,
  isReplay: false,
  ...parts,
});

import type { Facts, Told } from './message';

const id = (n: number): string => `0197e4a2-0000-7000-8000-00000000000${n}`;

const reservation: Facts = {
  reservationId: id(1),
  resourceIds: [id(2)],
  siteIds: [id(3)],
  status: 'confirmed',
  start: '2026-12-01T13:00:00Z',
  end: '2026-12-01T14:00:00Z',
  heldStart: '2026-12-01T13:00:00Z',
  heldEnd: '2026-12-01T14:00:00Z',
  version: 1,
  organizerId: id(4),
  title: 'Project sync',
};
const change: Facts = { id: id(2), name: 'Turing', siteIds: [id(3)], before: { name: 'Alan' }, after: { name: 'Turing' } };
const waiting: Facts = {
  ...{ entryId: id(5), accountId: id(4), resourceId: id(2), start: '2026-12-01T13:00:00Z', end: '2026-12-01T14:00:00Z' },
  ...{ flexMinutes: 0, status: 'waiting' },
};

const samples: Readonly<Record<string, { readonly kind: string; readonly facts: Facts }>> = {
  reservation: { kind: 'reservations', facts: reservation },
  hold: { kind: 'reservations', facts: { ...reservation, status: 'held', title: null, expiresAt: '2026-12-01T12:05:00Z' } },
  series: {
    kind: 'series',
    facts: {
      ...{ seriesId: id(1), organizerId: id(4), resourceIds: [id(2)], title: 'Project sync', localStart: '2026-12-01T14:00' },
      ...{ timeZone: 'Europe/Berlin', rrule: 'FREQ=WEEKLY;COUNT=4', version: 1 },
    },
  },
  waitlist: { kind: 'waitlist', facts: waiting },
  provisioning: {
    kind: 'reservations',
    facts: {
      ...{ reservationId: id(1), resourceIds: [id(2)], siteIds: [id(3)], organizerId: id(4), start: '2026-12-01T13:00:00Z' },
      ...{ end: '2026-12-01T14:00:00Z', version: 2, webhookId: id(6), outcome: 'granted', message: 'Ready at turing.example.org' },
    },
  },
  quota: { kind: 'users', facts: { id: id(4), used: 8_000, limit: 10_000, window: 'P1D' } },
  webhook: {
    kind: 'webhooks',
    facts: { id: id(6), name: 'Billing', host: 'hooks.example.org', reason: 'failing', responsibleId: id(4) },
  },
};
const kinds: Readonly<Record<string, string>> = {
  ...{ resource: 'resources', resource_type: 'resource-types', blackout: 'blackouts', site: 'sites', floor: 'floors', room: 'rooms' },
  ...{ user: 'users', group: 'groups', role: 'roles', import: 'imports' },
};

/** Sent by a test that names no event. */
export const TEST_EVENT = 'webhook.test';

/** An event as it might have happened; nothing it names exists. */
export function sampleOf(type: string, told: Pick<Told, 'id' | 'time' | 'organizationId'>): { readonly told: Told; readonly facts: Facts } {
  if (type === TEST_EVENT) return { told: { ...told, type, sequence: 0, subject: `webhooks/${id(6)}` }, facts: { message: 'It works.' } };
  const object = type.slice(0, type.indexOf('.'));
  const { kind, facts } = samples[object] ?? { kind: kinds[object] ?? object, facts: change };
  const subject = `${kind}/${String(facts['reservationId'] ?? facts['seriesId'] ?? facts['entryId'] ?? facts['id'])}`;
  return {
    told: { ...told, type, sequence: 42, subject },
    facts: type === 'reservation.cancelled' ? { ...facts, status: 'cancelled' } : facts,
  };
}

/** What a message of the payload `provisioning` adds, in a sample. */
export const sampleProvisioning: Facts = {
  person: {
    ...{ id: id(4), username: 'ada', displayName: 'Ada Lovelace', email: 'ada@example.org' },
    sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE7hHm0yGvYQmZbJ8pJmXwH0x3n1Qy0m2Z0r5m1q3fQb ada@laptop'],
  },
  customFields: { project: 'Analytical engine' },
  resources: [
    {
      ...{ id: id(2), name: 'Turing', externalId: 'gpu-07', type: { id: id(7), key: 'server', name: 'Server' } },
      ...{ siteId: id(3), location: 'Rack 4', capacity: null, units: 1, tags: ['gpu'] },
    },
  ],
};

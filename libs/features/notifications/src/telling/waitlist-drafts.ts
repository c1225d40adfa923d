import type { WaitlistFacts } from '@berth/contracts';
import type { Sql } from '@berth/platform/database';
import type { LogEntry } from '@berth/platform/outbox';
import type { Draft } from './draft';
import { readResourceNames } from './booking.store';

interface EntryRow {
  readonly id: string;
  readonly time_zone: string;
  readonly title: string | null;
  readonly auto_accept: boolean;
}

/** What who waits is told: that something is kept for them, that they have it, or that the waiting is over. */
export async function waitlistDrafts(db: Sql, events: readonly LogEntry[]): Promise<Draft[]> {
  const told = events.filter((it) => it.type.startsWith('waitlist.')).map((event) => ({ event, facts: event.data as WaitlistFacts }));
  if (told.length === 0) return [];
  const names = await readResourceNames(
    db,
    told.flatMap((it) => resourcesOf(it.facts)),
  );
  const rows = await db.sql<EntryRow>`
    select id, time_zone, title, auto_accept from waitlist_entry where id = any(${told.map((it) => it.facts.entryId)}::uuid[])`;
  const entries = new Map(rows.map((it) => [it.id, it]));
  return told.flatMap(({ event, facts }) => {
    const entry = entries.get(facts.entryId);
    return entry ? draftsOf(event, facts, entry, names) : [];
  });
}

const resourcesOf = ({ offer, resourceId, resourceIds }: WaitlistFacts): string[] => [
  ...(offer ? (offer.resourceIds ?? [offer.resourceId]) : (resourceIds ?? (resourceId ? [resourceId] : []))),
];

function draftsOf(event: LogEntry, facts: WaitlistFacts, entry: EntryRow, names: ReadonlyMap<string, string>): Draft[] {
  const { entryId, accountId, offer } = facts;
  const resourceName = resourcesOf(facts)
    .flatMap((it) => names.get(it) ?? [])
    .join(', ');
  const base = {
    ...{ organizationId: event.organizationId, accountId, cause: event.id, verbs: [], at: new Date(event.time) },
    subject: { kind: 'waitlist', id: entryId },
    target: { waitlistId: entryId },
    facts: {
      title: entry.title,
      resourceName,
      start: offer?.start ?? facts.start,
      end: offer?.end ?? facts.end,
      timeZone: entry.time_zone,
    },
  };
  if (event.type === 'waitlist.offered' && offer) {
    return [
      {
        ...base,
        kind: 'waitlist-offered',
        facts: { ...base.facts, expiresAt: offer.expiresAt },
        verbs: ['accept', 'decline'],
        usefulUntil: new Date(offer.expiresAt),
      },
    ];
  }
  if (event.type === 'waitlist.expired')
    return [{ ...base, kind: 'waitlist-expired', facts: { ...base.facts, ...(facts.reason && { reason: facts.reason }) } }];
  // Booked while they were away, as they wished; the booking itself confirms it by mail.
  if (event.type === 'waitlist.accepted' && event.actor === null && entry.auto_accept && facts.reservationId) {
    const target = { waitlistId: entryId, reservationId: facts.reservationId };
    return [
      { ...base, kind: 'booking-confirmed', target, subject: { kind: 'reservations', id: facts.reservationId }, withoutLetter: true },
    ];
  }
  return [];
}

import type { ProvisioningOutcome, ReservationFacts } from '@berth/contracts';
import { formatInstant, type Interval } from '@berth/kernel';
import type { Doer } from '@berth/platform/outbox';
import type { ResourceTerms } from '@berth/resources';
import type { CustomValues, ReservationStatus } from '@berth/scheduling';

/** One resource of a reservation. */
export interface ReservationItem {
  readonly resourceId: string;
  readonly name: string;
  /** Participation status (RFC 5545 §3.2.12). */
  readonly partstat: 'ACCEPTED' | 'TENTATIVE' | 'DECLINED' | 'NEEDS-ACTION';
  readonly quantity: number;
  readonly siteId: string | null;
  readonly siteName: string | null;
  readonly floorName: string | null;
  readonly timeZone: string;
}

/** What a provisioner reported. */
export interface ProvisioningReport {
  readonly outcome: ProvisioningOutcome;
  /** In its words; null where there is none, or none for this person's eyes. */
  readonly message: string | null;
  readonly at: string;
}

/** A reservation as it is shown to one person. Instants are RFC 3339 in UTC, so that it can be kept and given again. */
export interface Reservation {
  readonly id: string;
  readonly status: ReservationStatus;
  /** null where there is none, or none for this person's eyes. */
  readonly title: string | null;
  readonly description: string | null;
  readonly start: string;
  readonly end: string;
  /** IANA zone the organizer was thinking in. */
  readonly timeZone: string;
  readonly private: boolean;
  readonly attendees: number | null;
  /** Answers by the key of the field; none where they are not for this person's eyes. */
  readonly customFields: CustomValues;
  /** null for who is not told whose it is. */
  readonly organizer: { readonly id: string; readonly displayName: string } | null;
  /** Who booked it for the organizer; null when that was themselves, and for who is not told. */
  readonly bookedBy: { readonly id: string; readonly displayName: string } | null;
  readonly mine: boolean;
  readonly resources: readonly ReservationItem[];
  readonly cancelledAt: string | null;
  readonly cancelReason: string | null;
  /** Whether it was cancelled with less notice than its resources ask for. */
  readonly cancelledLate: boolean;
  /** Until when a cancellation can be taken back. */
  readonly undoUntil: string | null;
  /** The series it is an occurrence of, and which one. */
  readonly seriesId: string | null;
  readonly recurrenceId: string | null;
  /** What was last reported of setting up what is booked; null where nothing was. */
  readonly provisioning: ProvisioningReport | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What is asked of one resource. */
export interface ClaimedResource {
  readonly resource: ResourceTerms;
  readonly quantity: number;
  /** The wished time with the resource's buffers. */
  readonly held: Interval;
}

/** A reservation that was judged and is about to be placed. */
export interface Claim extends Interval {
  readonly id: string;
  readonly organizer: { readonly id: string; readonly displayName: string };
  /** Who books on behalf of the organizer; null when they do themselves. */
  readonly bookedBy: { readonly id: string; readonly displayName: string } | null;
  readonly status: Extract<ReservationStatus, 'held' | 'pending' | 'confirmed'>;
  readonly items: readonly ClaimedResource[];
  readonly title: string | null;
  readonly description: string | null;
  readonly timeZone: string;
  readonly private: boolean;
  readonly attendees: number | null;
  /** Left out by what changes no answers. */
  readonly customFields?: CustomValues;
  readonly holdUntil: Date | null;
  readonly now: Date;
}

/** The reservation a claim becomes when it is placed. */
export const reservationOf = (claim: Claim): Reservation => ({
  id: claim.id,
  status: claim.status,
  title: claim.title,
  description: claim.description,
  start: formatInstant(claim.start),
  end: formatInstant(claim.end),
  timeZone: claim.timeZone,
  private: claim.private,
  attendees: claim.attendees,
  customFields: claim.customFields ?? {},
  organizer: claim.organizer,
  bookedBy: claim.bookedBy,
  mine: claim.bookedBy === null,
  resources: claim.items.map(({ resource, quantity }) => ({
    resourceId: resource.id,
    name: resource.name,
    partstat: claim.status === 'confirmed' ? 'ACCEPTED' : 'TENTATIVE',
    quantity,
    siteId: resource.siteId,
    siteName: resource.siteName,
    floorName: resource.floorName,
    timeZone: resource.timeZone,
  })),
  cancelledAt: null,
  cancelReason: null,
  cancelledLate: false,
  undoUntil: null,
  provisioning: null,
  seriesId: null,
  recurrenceId: null,
  version: 1,
  createdAt: formatInstant(claim.now),
  updatedAt: formatInstant(claim.now),
});

/** What is told of a claim once it is placed. */
export function factsOf(claim: Claim, version: number): ReservationFacts {
  const held = heldSpan(claim.items);
  return {
    reservationId: claim.id,
    resourceIds: claim.items.map((it) => it.resource.id),
    siteIds: [...new Set(claim.items.flatMap((it) => it.resource.siteId ?? []))],
    status: claim.status,
    start: formatInstant(claim.start),
    end: formatInstant(claim.end),
    heldStart: formatInstant(held.start),
    heldEnd: formatInstant(held.end),
    version,
    organizerId: claim.organizer.id,
    ...(claim.bookedBy && { bookedById: claim.bookedBy.id }),
    title: claim.private ? null : claim.title,
    quantity: Math.max(...claim.items.map((it) => it.quantity)),
    ...(claim.holdUntil && { expiresAt: formatInstant(claim.holdUntil) }),
  };
}

/** Who books a claim, for the log: somebody else than the organizer does it on their behalf. */
export const bookingFor = <T extends Doer>(doer: T, { bookedBy, organizer }: Pick<Claim, 'bookedBy' | 'organizer'>): T =>
  bookedBy !== null && bookedBy.id === doer.accountId ? { ...doer, onBehalfOf: organizer.id } : doer;

/** The whole time a claim takes of any of its resources. */
export const heldSpan = (items: readonly ClaimedResource[]): Interval => ({
  start: new Date(Math.min(...items.map((it) => it.held.start.getTime()))),
  end: new Date(Math.max(...items.map((it) => it.held.end.getTime()))),
});

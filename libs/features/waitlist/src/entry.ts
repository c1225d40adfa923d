import type { Role, WaitlistFacts } from '@berth/contracts';
import { formatInstant, type Interval } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import type { ResourceTerms } from '@berth/resources';
import { answersTo, brokenFields, type CustomValues, withDefaults } from '@berth/scheduling';

export type WaitlistStatus = 'waiting' | 'offered' | 'accepted' | 'declined' | 'expired' | 'left';

/** What would do, where no resource is named; every part that is given must hold. */
export interface Criteria {
  readonly typeId?: string;
  readonly siteId?: string;
  readonly floorId?: string;
  /** At least so many people. */
  readonly capacity?: number;
  /** All of them. */
  readonly tags?: readonly string[];
}

export interface EntryRow {
  id: string;
  org_id: string;
  account_id: string;
  resource_id: string | null;
  criteria: Criteria | null;
  starts_at: Date;
  ends_at: Date;
  time_zone: string;
  flex_minutes: number;
  quantity: number;
  auto_accept: boolean;
  title: string | null;
  custom_fields: CustomValues;
  priority: number;
  place: number;
  status: WaitlistStatus;
  hold_id: string | null;
  offer_until: Date | null;
  reservation_id: string | null;
  version: number;
  created_at: Date;
}

/** An entry with whose it is, as a worker takes it. */
export interface QueuedEntry extends EntryRow {
  display_name: string;
  role: Role;
}

/** Somebody who waits, as it is shown. Instants are RFC 3339 in UTC. */
export interface WaitlistEntry {
  readonly id: string;
  readonly status: WaitlistStatus;
  readonly resourceId: string | null;
  readonly resource: { readonly id: string; readonly name: string } | null;
  readonly criteria: Criteria | null;
  readonly start: string;
  readonly end: string;
  readonly timeZone: string;
  readonly flexMinutes: number;
  readonly quantity: number;
  readonly autoAccept: boolean;
  readonly title: string | null;
  /** Answers of the reservation it becomes; empty for who may not know them. */
  readonly customFields: CustomValues;
  readonly mine: boolean;
  /** null for who may not know who it is. */
  readonly person: { readonly id: string; readonly displayName: string } | null;
  /** 1 is next; null once nobody waits any more. */
  readonly position: number | null;
  /** Share of such entries that got a time lately, 0 to 1; null while too few are known. */
  readonly likelihood: number | null;
  readonly offer: {
    readonly holdId: string;
    readonly resourceId: string;
    readonly resourceName: string;
    readonly start: string;
    readonly end: string;
    readonly expiresAt: string;
  } | null;
  readonly reservationId: string | null;
  readonly joinedAt: string;
  readonly version: number;
}

export const wishOf = (row: Pick<EntryRow, 'starts_at' | 'ends_at'>): Interval => ({ start: row.starts_at, end: row.ends_at });

/** What an entry answers of all that a resource asks; criteria may fit several kinds, each with questions of its own. */
export const answersAt = (row: Pick<EntryRow, 'custom_fields'>, { fields }: Pick<ResourceTerms, 'fields'>) =>
  answersTo(fields, row.custom_fields);

/** Whether booking the resource would need no other answers than the entry has. */
export const answersAll = (row: Pick<EntryRow, 'custom_fields'>, { fields }: Pick<ResourceTerms, 'fields'>): boolean =>
  brokenFields(fields, withDefaults(fields, answersTo(fields, row.custom_fields))).length === 0;

/** The person an offer is made to, with the rights they have at this moment. */
export const personOf = (entry: QueuedEntry): Actor => ({
  organizationId: entry.org_id,
  accountId: entry.account_id,
  displayName: entry.display_name,
  role: entry.role,
  sessionId: entry.id,
  requestId: `waitlist-${entry.id}`,
});

export const factsOf = (
  row: EntryRow,
  status: WaitlistStatus,
  more: Pick<WaitlistFacts, 'offer' | 'reservationId' | 'reason'> = {},
): WaitlistFacts => ({
  entryId: row.id,
  accountId: row.account_id,
  resourceId: row.resource_id,
  start: formatInstant(row.starts_at),
  end: formatInstant(row.ends_at),
  flexMinutes: row.flex_minutes,
  status,
  ...more,
});

import type { Interval } from '@berth/kernel';
import { type Actor, type RightsRow, toRights } from '@berth/platform/auth';
import { type Criteria, type EntryRow, fieldsOf, type WaitlistStatus } from '@berth/reservations';
import type { ResourceTerms } from '@berth/resources';
import { answersTo, brokenFields, type CustomValues, withDefaults } from '@berth/scheduling';

/** An entry with whose it is, as a worker takes it. */
export interface QueuedEntry extends EntryRow, RightsRow {
  display_name: string;
}

/** Somebody who waits, as it is shown. Instants are RFC 3339 in UTC. */
export interface WaitlistEntry {
  readonly id: string;
  readonly status: WaitlistStatus;
  readonly resourceId: string | null;
  readonly resource: { readonly id: string; readonly name: string } | null;
  /** All that is waited for by name, the one above first; several are had together or not at all. */
  readonly resources: readonly { readonly id: string; readonly name: string }[];
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
    /** All that is offered, the one above first. */
    readonly resources: readonly { readonly id: string; readonly name: string }[];
    readonly start: string;
    readonly end: string;
    readonly expiresAt: string;
  } | null;
  readonly reservationId: string | null;
  /** The date of a series that is waited for, and that accepting fills. */
  readonly seriesId: string | null;
  readonly recurrenceId: string | null;
  readonly joinedAt: string;
  readonly version: number;
}

export const wishOf = (row: Pick<EntryRow, 'starts_at' | 'ends_at'>): Interval => ({ start: row.starts_at, end: row.ends_at });

/** What an entry answers of all that resources ask who books them together; criteria may fit several kinds, each with its own questions. */
export const answersAt = (row: Pick<EntryRow, 'custom_fields'>, resources: readonly Pick<ResourceTerms, 'fields'>[]) =>
  answersTo(fieldsOf(resources), row.custom_fields);

/** Whether booking the resources would need no other answers than the entry has. */
export function answersAll(row: Pick<EntryRow, 'custom_fields'>, resources: readonly Pick<ResourceTerms, 'fields'>[]): boolean {
  const fields = fieldsOf(resources);
  return brokenFields(fields, withDefaults(fields, answersTo(fields, row.custom_fields))).length === 0;
}

/** The person an offer is made to, with the rights they have at this moment. */
export const personOf = (entry: QueuedEntry): Actor => ({
  organizationId: entry.org_id,
  accountId: entry.account_id,
  displayName: entry.display_name,
  ...toRights(entry),
  sessionId: entry.id,
  requestId: `waitlist-${entry.id}`,
});

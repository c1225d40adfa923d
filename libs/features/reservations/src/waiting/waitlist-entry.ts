import type { WaitlistFacts } from '@berth/contracts';
import { formatInstant } from '@berth/kernel';
import type { CustomValues } from '@berth/scheduling';

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

/** Somebody who waits, as it is stored. */
export interface EntryRow {
  id: string;
  org_id: string;
  account_id: string;
  /** The resource that is waited for, or the first of several. */
  resource_id: string | null;
  /** The others, where several are waited for together; in order of id. */
  with_resource_ids: string[];
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
  /** The skipped occurrence of a series that is waited for. */
  occurrence_id: string | null;
  version: number;
  created_at: Date;
}

/** How an entry names what is waited for: whatever the order they were given in, the same are the same wish. */
export function namedInEntry(resourceIds: readonly string[]): Pick<EntryRow, 'resource_id' | 'with_resource_ids'> {
  const [first = null, ...others] = [...new Set(resourceIds)].sort();
  return { resource_id: first, with_resource_ids: others };
}

/** All that is waited for by name; none where it is whatever fits. */
export const resourcesOf = (row: Pick<EntryRow, 'resource_id' | 'with_resource_ids'>): string[] =>
  row.resource_id === null ? [] : [row.resource_id, ...row.with_resource_ids];

/** What is told of somebody who waits. */
export const waitlistFacts = (
  row: EntryRow,
  status: WaitlistStatus,
  more: Pick<WaitlistFacts, 'offer' | 'reservationId' | 'reason'> = {},
): WaitlistFacts => ({
  entryId: row.id,
  accountId: row.account_id,
  resourceId: row.resource_id,
  ...(row.with_resource_ids.length > 0 && { resourceIds: resourcesOf(row) }),
  start: formatInstant(row.starts_at),
  end: formatInstant(row.ends_at),
  flexMinutes: row.flex_minutes,
  status,
  ...(row.occurrence_id && { occurrenceId: row.occurrence_id }),
  ...more,
});

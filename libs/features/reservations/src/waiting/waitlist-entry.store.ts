import { Problem } from '@berth/contracts';
import { brokenConstraint, type Tx } from '@berth/platform/database';
import type { EntryRow, WaitlistStatus } from './waitlist-entry';

export type NewEntry = Omit<EntryRow, 'place' | 'status' | 'hold_id' | 'offer_until' | 'reservation_id' | 'version'>;

const WAITED_FOR_ALREADY = ['waitlist_entry_joined_once', 'waitlist_entry_occurrence_once'];

/** Writes entries in the order of the queue, which is that of their starts. @throws Problem `already-exists` for who waits for the same already */
export async function insertEntries(tx: Tx, entries: readonly NewEntry[]): Promise<EntryRow[]> {
  return onceOnly(
    () => tx.sql<EntryRow>`
      insert into waitlist_entry (id, org_id, account_id, resource_id, with_resource_ids, criteria, starts_at, ends_at, time_zone, flex_minutes, quantity, auto_accept,
                                  title, custom_fields, priority, occurrence_id, created_at, updated_at)
      select id, org_id, account_id, resource_id, with_resource_ids, criteria, starts_at, ends_at, time_zone, flex_minutes, quantity, auto_accept,
             title, custom_fields, priority, occurrence_id, created_at, created_at
      from jsonb_to_recordset(${JSON.stringify(entries)}) as e(id uuid, org_id uuid, account_id uuid, resource_id uuid, with_resource_ids uuid[], criteria jsonb, starts_at timestamptz,
        ends_at timestamptz, time_zone text, flex_minutes integer, quantity smallint, auto_accept boolean, title text, custom_fields jsonb, priority smallint,
        occurrence_id uuid, created_at timestamptz)
      order by starts_at, id
      returning *`,
  );
}

/** How many times a person waits for at this moment. */
export async function countWaits(tx: Tx, accountId: string): Promise<number> {
  const [row] = await tx.sql<{ n: number }>`
    select count(*)::integer as n from waitlist_entry
    where org_id = ${tx.organizationId} and account_id = ${accountId} and status in ('waiting', 'offered')`;
  return row?.n ?? 0;
}

/** Locks an entry until the transaction ends; always after the reservation that is its offer. */
export async function lockEntry(tx: Tx, id: string): Promise<EntryRow | undefined> {
  const [row] = await tx.sql<EntryRow>`select * from waitlist_entry where id = ${id} for no key update`;
  return row;
}

/** Locks those who wait for these occurrences, in the order of their ids. */
export async function lockWaitsFor(tx: Tx, occurrenceIds: readonly string[]): Promise<EntryRow[]> {
  if (occurrenceIds.length === 0) return [];
  return tx.sql<EntryRow>`
    select * from waitlist_entry
    where occurrence_id = any(${[...occurrenceIds]}::uuid[]) and status in ('waiting', 'offered')
    order by id
    for no key update`;
}

/** The holds that are offers for these occurrences, to be locked before their entries. */
export async function offersFor(
  tx: Tx,
  occurrenceIds: readonly string[],
): Promise<{ readonly holdId: string; readonly accountId: string }[]> {
  if (occurrenceIds.length === 0) return [];
  return tx.sql<{ holdId: string; accountId: string }>`
    select hold_id as "holdId", account_id as "accountId" from waitlist_entry
    where occurrence_id = any(${[...occurrenceIds]}::uuid[]) and hold_id is not null`;
}

/** Who waits for an occurrence that was moved waits for its new time; what is offered already stays offered. @throws Problem `already-exists` */
export async function waitForNewTime(tx: Tx, occurrenceIds: readonly string[], now: Date): Promise<void> {
  if (occurrenceIds.length === 0) return;
  await onceOnly(
    () => tx.sql`
      update waitlist_entry e
      set starts_at = v.starts_at, ends_at = v.ends_at, version = e.version + 1, updated_at = ${now}
      from reservation v
      where v.id = e.occurrence_id and v.id = any(${[...occurrenceIds]}::uuid[]) and e.status = 'waiting'
        and (v.starts_at, v.ends_at) is distinct from (e.starts_at, e.ends_at)`,
  );
}

/** Marks an entry as offered; the hold stands already. */
export async function writeOffer(tx: Tx, id: string, holdId: string, until: Date, now: Date): Promise<void> {
  await tx.sql`
    update waitlist_entry
    set status = 'offered', hold_id = ${holdId}, offered_at = ${now}, offer_until = ${until}, version = version + 1, updated_at = ${now}
    where id = ${id}`;
}

/** Ends the offer an entry may have, for good or (`waiting`) to go on waiting at its old place. */
export async function writeStatus(
  tx: Tx,
  id: string,
  status: Exclude<WaitlistStatus, 'offered'>,
  now: Date,
  reservationId: string | null = null,
): Promise<void> {
  await tx.sql`
    update waitlist_entry
    set status = ${status}, hold_id = null, offer_until = null, reservation_id = ${reservationId},
        ended_at = ${status === 'waiting' ? null : now}, version = version + 1, updated_at = ${now}
    where id = ${id}`;
}

async function onceOnly<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!WAITED_FOR_ALREADY.includes(brokenConstraint(error) ?? '')) throw error;
    throw new Problem('already-exists', { detail: 'You wait for this already.' });
  }
}

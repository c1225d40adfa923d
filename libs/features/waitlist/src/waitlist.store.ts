import { Problem } from '@berth/contracts';
import { brokenConstraint, type Tx } from '@berth/platform/database';
import type { EntryRow, WaitlistStatus } from './entry';

export type NewEntry = Omit<EntryRow, 'place' | 'status' | 'hold_id' | 'offer_until' | 'reservation_id' | 'version'>;

/** @throws Problem `already-exists` for who waits for the same already */
export async function insertEntry(tx: Tx, it: NewEntry): Promise<EntryRow> {
  try {
    const [row] = await tx.sql<EntryRow>`
      insert into waitlist_entry (id, org_id, account_id, resource_id, criteria, starts_at, ends_at, time_zone, flex_minutes, quantity, auto_accept,
                                  title, custom_fields, priority, created_at, updated_at)
      values (${it.id}, ${it.org_id}, ${it.account_id}, ${it.resource_id}, ${it.criteria && JSON.stringify(it.criteria)}, ${it.starts_at}, ${it.ends_at},
              ${it.time_zone}, ${it.flex_minutes}, ${it.quantity}, ${it.auto_accept}, ${it.title}, ${JSON.stringify(it.custom_fields)}, ${it.priority}, ${it.created_at}, ${it.created_at})
      returning *`;
    return row!;
  } catch (error) {
    if (brokenConstraint(error) !== 'waitlist_entry_joined_once') throw error;
    throw new Problem('already-exists', { detail: 'You wait for this already.' });
  }
}

/** Locks an entry until the transaction ends; always after the reservation that is its offer. */
export async function lockEntry(tx: Tx, id: string): Promise<EntryRow | undefined> {
  const [row] = await tx.sql<EntryRow>`select * from waitlist_entry where id = ${id} for no key update`;
  return row;
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

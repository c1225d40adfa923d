import { Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import type { Tx } from '@berth/platform/database';
import { demandManaged } from './manages-reservation';
import type { ReservationQueries } from './reservations.queries';
import { lockReservation, type ReservationRow } from './reservation.store';

/** What a change of a reservation begins with: the row, locked, that the actor may change at the version they saw. */
export async function reservationToChange(
  tx: Tx,
  actor: Actor,
  id: string,
  ifMatch: number | undefined,
  queries: ReservationQueries,
): Promise<ReservationRow> {
  const row = await lockReservation(tx, id);
  if (!row || ['held', 'released', 'expired'].includes(row.status)) throw new Problem('not-found');
  await demandManaged(tx, actor, row);
  if (ifMatch !== undefined && ifMatch !== row.version)
    throw new Problem('precondition-failed', { current: await queries.one(actor, id, tx) });
  return row;
}

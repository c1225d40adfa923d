import { BLOCKING } from '../history.mjs';
import { violation } from './violation.mjs';

/**
 * I4: what an acknowledged cancel ended is not active at the end, is in no read that began after the answer, and cannot be moved.
 * A restore that may have worked lifts this.
 * @type {import('./index.mjs').Invariant}
 */
export function cancelledStaysCancelled(history, lives) {
  const rows = new Map(history.final.map((row) => [row.id, row]));
  const sightings = seen(history);
  return [...lives.bookings.values()].flatMap((booking) => {
    const cancel = booking.changes.find((change) => change.f === 'cancel' && change.type === 'ok');
    if (!cancel || booking.changes.some((change) => change.f === 'restore')) return [];
    const row = rows.get(booking.id);
    const late = (sightings.get(booking.id) ?? []).filter((read) => read.inv > cancel.end);
    const moved = booking.changes.filter((change) => change.f === 'move' && change.type === 'ok' && change.inv > cancel.end);
    return [
      ...(row && BLOCKING.has(row.status)
        ? [violation('I4', `booking ${booking.id} was cancelled and is ${row.status} at the end`, cancel)]
        : []),
      ...late.map((read) => violation('I4', `booking ${booking.id} is in a read that began after its cancel was answered`, cancel, read)),
      ...moved.map((move) => violation('I4', `booking ${booking.id} was moved after its cancel was answered`, cancel, move)),
    ];
  });
}

/** Which reads showed an id as active. */
function seen(history) {
  const sightings = new Map();
  for (const read of history.operations.filter((it) => it.f === 'read' && it.type === 'ok')) {
    for (const row of read.result.rows.filter((it) => BLOCKING.has(it.status))) {
      sightings.set(row.id, [...(sightings.get(row.id) ?? []), read]);
    }
  }
  return sightings;
}

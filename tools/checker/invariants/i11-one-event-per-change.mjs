import { BLOCKING } from '../history.mjs';
import { violation } from './violation.mjs';

/**
 * I11, as far as it shows from outside: each change of a reservation has exactly one event in its history, and versions have no gap.
 * @type {import('./index.mjs').Invariant}
 */
export function oneEventPerChange(history, lives) {
  return history.final
    .filter((row) => row.events && lives.bookings.has(row.id))
    .flatMap((row) => {
      const booking = lives.bookings.get(row.id);
      const bounds = expected(row, booking);
      const counts = Object.entries(bounds).flatMap(([type, { least, most }]) => {
        const told = row.events.filter((event) => event.type === type).length;
        if (told >= least && told <= most) return [];
        const range = least === most ? `${least}` : `${least} to ${most}`;
        return [violation('I11', `reservation ${row.id} has ${told} ${type}, ${range} must be`, booking.maker, ...booking.changes)];
      });
      return [...counts, ...versionGaps(row, booking)];
    });
}

/** How many events of each type the operations allow; an operation nobody heard of may or may not have happened. */
function expected(row, booking) {
  const count = (f, type) => booking.changes.filter((change) => change.f === f && change.type === type);
  const moves = count('move', 'ok');
  // Two answers with one version are one change and its confirmation (a move to where it already stands).
  const distinctMoves = new Set(moves.map((move) => move.result.version ?? move)).size;
  const restores = count('restore', 'ok').length;
  const cancelled = BLOCKING.has(row.status) ? 0 : 1;
  return {
    'reservation.created': { least: 1, most: 1 },
    'reservation.moved': { least: distinctMoves, most: moves.length + count('move', 'info').length },
    'reservation.cancelled': { least: restores + cancelled, most: count('cancel', 'ok').length + count('cancel', 'info').length },
  };
}

function versionGaps(row, booking) {
  const versions = row.events.map((event) => event.version).filter((version) => version !== undefined);
  const gap = versions.slice(1).find((version, index) => version !== versions[index] + 1);
  if (gap === undefined) return [];
  return [violation('I11', `versions of reservation ${row.id} are not without gap: ${versions.join(', ')}`, booking.maker)];
}

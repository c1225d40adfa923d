import { BLOCKING } from '../history.mjs';
import { place, violation } from './violation.mjs';

/**
 * I9: a move is atomic. A booking that lives beyond doubt during a whole read stands in it exactly once, at a range it may have had then:
 * neither range is «moved in two steps», both is the same the other way round.
 * @type {import('./index.mjs').Invariant}
 */
export function movesAreAtomic(history, lives) {
  const bookings = [...lives.bookings.values()].map((booking) => ({
    ...booking,
    bornBy: booking.maker.end,
    endsFrom: Math.min(Infinity, ...booking.changes.filter((change) => change.f !== 'move').map((change) => change.inv)),
  }));
  return history.operations
    .filter((it) => it.f === 'read' && it.type === 'ok' && it.result.complete)
    .flatMap((read) => {
      const shown = Map.groupBy(
        read.result.rows.filter((row) => BLOCKING.has(row.status)),
        (row) => row.id,
      );
      return bookings
        .filter((booking) => booking.bornBy < read.inv && booking.endsFrom > read.end)
        .flatMap((booking) => judge(read, booking, shown.get(booking.id) ?? []));
    });
}

function judge(read, booking, rows) {
  const moving = booking.changes.filter((change) => change.inv < read.end && (change.end ?? Infinity) > read.inv);
  if (rows.length === 0)
    return [violation('I9', `booking ${booking.id} holds nothing in a read${during(moving)}`, booking.maker, ...moving, read)];
  const places = new Set(rows.map(place));
  if (places.size > 1)
    return [violation('I9', `booking ${booking.id} holds ${[...places].join(' and ')} in one read${during(moving)}`, ...moving, read)];
  const may = booking.segments.filter((segment) => segment.possible.from <= read.end && segment.possible.to >= read.inv);
  if (may.some((segment) => places.has(place(segment)))) return [];
  return [
    violation('I9', `a read shows booking ${booking.id} at ${[...places]}, it was at ${may.map(place).join(' or ')}`, booking.maker, read),
  ];
}

const during = (moving) => (moving.length > 0 ? ' while it is moved' : '');

import { BLOCKING } from '../history.mjs';
import { precedes } from '../lives.mjs';
import { place, violation } from './violation.mjs';

/**
 * I3: every acknowledged booking exists at the end with what was asked for: its title, owner and quantity, alive unless something may have
 * ended it, and at the range of an operation that nothing certainly superseded.
 * @type {import('./index.mjs').Invariant}
 */
export function bookingsExist(history, lives) {
  const rows = new Map(history.final.map((row) => [row.id, row]));
  return [...lives.bookings.values()].flatMap((booking) => {
    const row = rows.get(booking.id);
    const { maker } = booking;
    if (!row) return [violation('I3', `booking ${booking.id} was acknowledged and is gone`, maker)];
    return [...answeredAsAsked(maker), ...sameArguments(row, maker), ...stillThere(row, booking), ...lastRange(row, booking)];
  });
}

function answeredAsAsked(maker) {
  const { args, result } = maker;
  if (args.unit === result.unit && args.start === result.start && args.end === result.end) return [];
  return [violation('I3', `asked for ${place(args)}, got ${place(result)}`, maker)];
}

function sameArguments(row, maker) {
  return ['title', 'owner', 'quantity']
    .filter((name) => maker.args[name] !== undefined && row[name] !== maker.args[name])
    .map((name) => violation('I3', `booking ${row.id} has ${name} ${row[name]} instead of ${maker.args[name]}`, maker));
}

function stillThere(row, booking) {
  if (BLOCKING.has(row.status) || booking.changes.some((change) => change.f === 'cancel')) return [];
  return [violation('I3', `booking ${row.id} is ${row.status} though nobody cancelled it`, booking.maker)];
}

function lastRange(row, booking) {
  const moves = booking.changes.filter((change) => change.f === 'move');
  const takers = [booking.maker, ...moves];
  const last = takers.filter((taker) => !moves.some((move) => move !== taker && move.type === 'ok' && precedes(taker, move)));
  const ranges = last.map((taker) => (taker.type === 'ok' ? taker.result : taker.args));
  if (ranges.some((range) => range.unit === row.unit && range.start === row.start && range.end === row.end)) return [];
  return [violation('I3', `booking ${row.id} ends at ${place(row)}, last put at ${ranges.map(place).join(' or ')}`, ...last)];
}

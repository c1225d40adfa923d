import { isConflict, overlaps } from '../history.mjs';
import { peak } from '../lives.mjs';
import { place, violation } from './violation.mjs';

/** Of the attempts on time that was free beyond doubt, at least this share must succeed. */
const LIVENESS_FLOOR = 0.95;
/** Fewer attempts than this say nothing about a share. */
const ENOUGH_ATTEMPTS = 20;

const TAKES_TIME = new Set(['book', 'confirm', 'hold', 'move']);

/**
 * I8: a conflict is only answered when something possibly alive stood in the way, and a refusal of a change only when the thing may have
 * ended; catches a system that is safe because it refuses. With it the liveness floor for free time.
 * @type {import('./index.mjs').Invariant}
 */
export function conflictsAreJustified(history, lives) {
  const attempts = history.operations.filter((it) => TAKES_TIME.has(it.f) && it.type !== 'info');
  const rivalsOf = rivals(history, lives, attempts);
  const free = attempts.filter((attempt) => !targetMayHaveEnded(attempt, lives) && !inTheWay(attempt, rivalsOf.get(attempt), history.meta));
  const unjustified = free
    .filter(isConflict)
    .map((it) => violation('I8', `${it.f} of ${place(it.args)} got ${it.result.code}, nothing was in the way`, it));
  return [...unjustified, ...floor(free), ...refusedChanges(history, lives)];
}

function floor(free) {
  const won = free.filter((attempt) => attempt.type === 'ok').length;
  if (free.length < ENOUGH_ATTEMPTS || won >= LIVENESS_FLOOR * free.length) return [];
  const codes = [...new Set(free.filter((it) => it.type === 'fail').map((it) => `${it.result.status} ${it.result.code}`))];
  return [violation('I8', `only ${won} of ${free.length} attempts on free time succeeded (${codes.join(', ')})`)];
}

/** For each attempt the claims possibly alive during it, found in one sweep over the clock. */
function rivals(history, lives, attempts) {
  const leavesOf = new Map(history.meta.units.map((unit) => [unit.id, unit.leaves]));
  const waiting = [...lives.segments].sort((one, other) => one.possible.from - other.possible.from);
  let next = 0;
  let alive = [];
  const found = new Map();
  for (const attempt of [...attempts].sort((one, other) => one.inv - other.inv)) {
    for (; next < waiting.length && waiting[next].possible.from <= attempt.end; next++) alive.push(waiting[next]);
    alive = alive.filter((segment) => segment.possible.to >= attempt.inv);
    const leaves = leavesOf.get(attempt.args.unit);
    found.set(
      attempt,
      alive.filter(
        (it) => it.possible.from <= attempt.end && overlaps(it, attempt.args) && it.leaves.some((leaf) => leaves.includes(leaf)),
      ),
    );
  }
  return found;
}

function inTheWay(attempt, claims, meta) {
  const { owner, id, unit, quantity = 1 } = attempt.args;
  const leaves = meta.units.find((it) => it.id === unit).leaves;
  // Nobody is in their own way: not the reservation being moved, not a person's own hold, not what the attempt itself made.
  const others = claims.filter(
    (claim) => claim.op !== attempt && !(id && claim.id === id) && !(claim.kind === 'hold' && claim.owner === owner),
  );
  return leaves.some(
    (leaf) =>
      peak(
        others.filter((claim) => claim.leaves.includes(leaf)),
        attempt.args,
      ) +
        quantity >
      meta.leaves[leaf],
  );
}

/** May what a move or a confirm builds on have ended before or while it ran? */
function targetMayHaveEnded(attempt, lives) {
  if (attempt.type === 'ok') return false;
  if (attempt.f === 'move') {
    const booking = lives.bookings.get(attempt.args.id);
    return (
      !booking ||
      booking.changes.some(
        (change) => change !== attempt && change.f !== 'restore' && change.inv < attempt.end && mayPrecede(change, attempt),
      )
    );
  }
  if (attempt.f !== 'confirm') return false;
  const hold = lives.holds.get(attempt.args.hold);
  return !hold || Math.min(hold.definite.to, hold.possible.to) <= attempt.end;
}

/** Only a change of state or one running at the same time excuses a refusal; a move long finished does not. */
const mayPrecede = (change, attempt) => change.f === 'cancel' || (change.end ?? Infinity) > attempt.inv;

function refusedChanges(history, lives) {
  return history.operations
    .filter((it) => it.type === 'fail' && !isConflict(it) && ['move', 'cancel'].includes(it.f))
    .filter((it) => {
      const booking = lives.bookings.get(it.args.id);
      return booking && !booking.changes.some((change) => change.inv < it.end && mayPrecede(change, it));
    })
    .map((it) =>
      violation('I8', `${it.f} of ${it.args.id} was refused with ${it.result.status} ${it.result.code} though nothing had changed it`, it),
    );
}

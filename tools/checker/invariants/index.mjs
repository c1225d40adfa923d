import { deriveLives } from '../lives.mjs';
import { capacityIsNeverExceeded } from './i1-capacity.mjs';
import { oneEventPerChange } from './i11-one-event-per-change.mjs';
import { holdsVanish } from './i17-holds-vanish.mjs';
import { tablesNeverOverlap } from './i2-no-overlap-seen.mjs';
import { bookingsExist } from './i3-bookings-exist.mjs';
import { cancelledStaysCancelled } from './i4-cancelled-stays-cancelled.mjs';
import { failuresLeaveNothing } from './i5-failures-leave-nothing.mjs';
import { nothingFromNowhere } from './i6-nothing-from-nowhere.mjs';
import { oneEffectPerKey } from './i7-one-effect-per-key.mjs';
import { conflictsAreJustified } from './i8-conflicts-are-justified.mjs';
import { movesAreAtomic } from './i9-moves-are-atomic.mjs';

/**
 * @callback Invariant
 * @param {import('../history.mjs').History} history
 * @param {import('../lives.mjs').Lives} lives
 * @returns {import('./violation.mjs').Violation[]}
 */

/** @type {Record<string, Invariant>} */
export const invariants = {
  I1: capacityIsNeverExceeded,
  I2: tablesNeverOverlap,
  I3: bookingsExist,
  I4: cancelledStaysCancelled,
  I5: failuresLeaveNothing,
  I6: nothingFromNowhere,
  I7: oneEffectPerKey,
  I8: conflictsAreJustified,
  I9: movesAreAtomic,
  I11: oneEventPerChange,
  I17: holdsVanish,
};

/**
 * Judges a whole history.
 * @param {import('../history.mjs').History} history
 * @returns {import('./violation.mjs').Violation[]}
 */
export function check(history) {
  const lives = deriveLives(history);
  return Object.values(invariants).flatMap((invariant) => invariant(history, lives));
}

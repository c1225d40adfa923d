import { overlaps } from '../history.mjs';
import { peak } from '../lives.mjs';
import { place, violation } from './violation.mjs';

/**
 * I1: at no instant do more definite lives overlap in range on one leaf than it has units. Sweeps each leaf by time with the set of lives
 * going on, so a double booking that was cancelled again is found as well.
 * @type {import('./index.mjs').Invariant}
 */
export function capacityIsNeverExceeded(history, lives) {
  const certain = lives.segments.filter((segment) => segment.definite.to > segment.definite.from);
  return Object.entries(history.meta.leaves).flatMap(([leaf, capacity]) =>
    sweep(
      certain.filter((segment) => segment.leaves.includes(leaf)),
      capacity,
      leaf,
    ),
  );
}

function sweep(segments, capacity, leaf) {
  const violations = [];
  let alive = [];
  for (const segment of segments.sort((one, other) => one.definite.from - other.definite.from)) {
    alive = alive.filter((other) => other.definite.to > segment.definite.from);
    const rivals = alive.filter((other) => overlaps(other, segment));
    alive.push(segment);
    if (rivals.length === 0 || peak([...rivals, segment], segment) <= capacity) continue;
    const named = [segment, ...rivals].map((it) => `${it.kind} ${it.id} ${place(it)}`).join(', ');
    violations.push(
      violation('I1', `leaf ${leaf} of capacity ${capacity} held at once by ${named}`, segment.op, ...rivals.map((it) => it.op)),
    );
  }
  return violations;
}

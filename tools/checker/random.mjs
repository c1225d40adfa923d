/**
 * A small seeded generator (mulberry32): fast, repeatable, good enough to choose operations.
 * @typedef {object} Random
 * @property {() => number} next a number in [0, 1)
 * @property {(limit: number) => number} below a whole number in [0, limit)
 * @property {(chance: number) => boolean} happens true with the given probability
 * @property {<T>(items: readonly T[]) => T} pick one of a non-empty list
 * @property {<T extends string>(weights: Record<T, number>) => T} weighted a key, by weight
 * @property {(label: number) => Random} fork an independent generator for one client
 */

/**
 * @param {number} seed any whole number
 * @returns {Random}
 */
export function seeded(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit) => Math.floor(next() * limit);
  return {
    next,
    below,
    happens: (chance) => next() < chance,
    pick: (items) => items[below(items.length)],
    weighted: (weights) => {
      let left = next() * Object.values(weights).reduce((sum, weight) => sum + weight, 0);
      const entries = Object.entries(weights);
      const found = entries.find(([, weight]) => (left -= weight) < 0);
      return (found ?? entries.at(-1))[0];
    },
    fork: (label) => seeded(Math.imul(seed ^ 0x9e3779b9, 2654435761) + Math.imul(label + 1, 40503)),
  };
}

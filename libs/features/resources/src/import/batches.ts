/** Rows one statement takes, so that none comes near its time limit on a busy machine. */
const SIZE = 500;

/** All of them in their order, a statement's worth at a time. */
export function batches<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / SIZE) }, (_, i) => all.slice(i * SIZE, (i + 1) * SIZE));
}

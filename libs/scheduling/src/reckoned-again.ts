import type { Occurrence } from './recurrence';

/** A clock change moves a time by some hours at most; what is further apart is another date. */
const NEAR_MS = 12 * 3_600_000;

/**
 * Which stored time of a series is which now that the rules of its zone say something else: those of the same start, of the
 * others the nearest, in order. What has no counterpart is left out: it stays as it is.
 */
export function pairReckoned<T extends { readonly recurrenceId: Date }>(
  stored: readonly T[],
  next: readonly Occurrence[],
): { readonly former: T; readonly occurrence: Occurrence }[] {
  const same = new Map(next.map((it) => [it.recurrenceId.getTime(), it]));
  const exact = stored.flatMap((former) => {
    const occurrence = same.get(former.recurrenceId.getTime());
    return occurrence ? [{ former, occurrence }] : [];
  });
  const settled = new Set<unknown>(exact.flatMap((it) => [it.former, it.occurrence]));
  const open = next.filter((it) => !settled.has(it));
  const moved = stored
    .filter((it) => !settled.has(it))
    .flatMap((former) => {
      const distance = (it: Occurrence): number => Math.abs(it.recurrenceId.getTime() - former.recurrenceId.getTime());
      const [nearest] = [...open].sort((a, b) => distance(a) - distance(b));
      if (!nearest || distance(nearest) > NEAR_MS) return [];
      open.splice(open.indexOf(nearest), 1);
      return [{ former, occurrence: nearest }];
    });
  return [...exact, ...moved].sort((a, b) => a.occurrence.start.getTime() - b.occurrence.start.getTime());
}

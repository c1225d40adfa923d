import { intersection, type Interval, minutesBetween, overlaps } from '@berth/kernel';

/** Where a resource belongs, as far as limits are set there. */
export interface LimitPlace {
  readonly resourceId: string;
  readonly typeId: string;
  readonly siteId: string | null;
}

/** Time of one resource that a person has, or asks for. */
export interface PersonalClaim extends Interval, LimitPlace {
  /** Several resources of one reservation are one. */
  readonly reservationId: string;
  /** Units; each of them counts. */
  readonly quantity: number;
}

/** The most units claimed at one instant of the span. */
export function mostAtOnce(claims: readonly PersonalClaim[], span: Interval): number {
  const within = claims.filter((it) => overlaps(it, span));
  const instants = [span.start, ...within.map((it) => it.start).filter((it) => it > span.start)];
  const unitsAt = (instant: Date): number =>
    within.filter((it) => it.start <= instant && instant < it.end).reduce((sum, it) => sum + it.quantity, 0);
  return Math.max(0, ...instants.map(unitsAt));
}

/** Minutes of the span that are claimed, each unit by itself. */
export const timeWithin = (claims: readonly PersonalClaim[], span: Interval): number =>
  Math.ceil(
    claims.reduce((sum, it) => {
      const part = intersection(it, span);
      return part ? sum + minutesBetween(part.start, part.end) * it.quantity : sum;
    }, 0),
  );

/** What a resource's rules say about lengths, in whole minutes. */
export interface LengthRules {
  readonly slotStep: number;
  readonly minDuration: number;
  readonly maxDuration: number;
}

const HOUR = 60;

/** Minutes one click books: an hour where that is allowed, else the nearest length that is. */
export function defaultLength(rules: LengthRules, wished = HOUR): number {
  const step = Math.max(1, rules.slotStep);
  const least = Math.max(step, Math.ceil(rules.minDuration / step) * step);
  const most = Math.max(least, Math.floor(rules.maxDuration / step) * step);
  return Math.min(most, Math.max(least, Math.round(wished / step) * step));
}

/** How many requests whoever has it may send. */
export interface Tier {
  readonly id: string;
  readonly name: string;
  /** All of them may come at once; they flow back evenly. */
  readonly perMinute: number;
  /** From midnight to midnight UTC; null is without a daily limit. */
  readonly perDay: number | null;
  /** The tier of all who were given no other. */
  readonly isDefault: boolean;
  readonly version: number;
}

export interface TierRow {
  id: string;
  name: string;
  per_minute: number;
  per_day: number | null;
  is_default: boolean;
  version: number;
}

export const toTier = (row: TierRow): Tier => ({
  id: row.id,
  name: row.name,
  perMinute: row.per_minute,
  perDay: row.per_day,
  isDefault: row.is_default,
  version: row.version,
});

import type { Quota } from '@berth/scheduling';

/** A quota as those who set it see it. */
export interface QuotaRule extends Quota {
  /** Of whom and of what; null for everyone and everything, and for what is gone. */
  readonly whoName: string | null;
  readonly whatName: string | null;
  readonly version: number;
}

/** What a rule says; the rest is given to it. */
export type QuotaDraft = Pick<Quota, 'name' | 'who' | 'what' | 'measure' | 'window' | 'limit'>;

export interface QuotaRuleRow {
  id: string;
  name: string;
  who_kind: Quota['who']['kind'];
  who_id: string | null;
  what_kind: Quota['what']['kind'];
  what_id: string | null;
  measure: Quota['measure'];
  window_kind: Quota['window'];
  limit_value: number;
  version: number;
  who_name: string | null;
  what_name: string | null;
}

export const toRule = (row: QuotaRuleRow): QuotaRule => ({
  id: row.id,
  name: row.name,
  who: { kind: row.who_kind, id: row.who_id },
  what: { kind: row.what_kind, id: row.what_id },
  measure: row.measure,
  window: row.window_kind,
  limit: row.limit_value,
  whoName: row.who_name,
  whatName: row.what_name,
  version: row.version,
});

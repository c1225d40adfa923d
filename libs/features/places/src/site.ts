import type { PolicyDocument } from '@berth/scheduling';

/** A place with an address and a time zone, such as a building or a campus. */
export interface Site {
  readonly id: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2 */
  readonly countryCode: string | null;
  /** IANA zone its resources have unless they say otherwise. */
  readonly timeZone: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly address: string | null;
  readonly policy: PolicyDocument;
  /** Resources there that are not archived. */
  readonly resourceCount: number;
  readonly version: number;
}

export interface SiteRow {
  id: string;
  name: string;
  country_code: string | null;
  time_zone: string;
  latitude: number | null;
  longitude: number | null;
  address: string | null;
  policy: PolicyDocument;
  resource_count: number;
  version: number;
  sort_name: string;
}

export const toSite = (row: SiteRow): Site => ({
  id: row.id,
  name: row.name,
  countryCode: row.country_code,
  timeZone: row.time_zone,
  latitude: row.latitude,
  longitude: row.longitude,
  address: row.address,
  policy: row.policy,
  resourceCount: row.resource_count,
  version: row.version,
});

import type { Permission } from '@berth/contracts';
import { type Places, placesOfRow, type PlacesRow } from '@berth/platform/auth';

export const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
/** Ways to a token a client can be registered for, as OAuth 2.0 names them. */
export const grantTypes = ['client_credentials', 'authorization_code', 'refresh_token', DEVICE_GRANT] as const;
export type GrantType = (typeof grantTypes)[number];

/** `confidential` can keep a secret, `public` runs where others can read it: in a browser, on a phone, in a terminal. */
export const clientTypes = ['confidential', 'public'] as const;
export type ClientType = (typeof clientTypes)[number];

/** What is registered of a client. */
export interface ClientSettings {
  readonly name: string;
  readonly grantTypes: readonly GrantType[];
  /** Compared letter by letter. */
  readonly redirectUris: readonly string[];
  /** The most it can be allowed. */
  readonly scopes: readonly Permission[];
  /** Requests a minute, whoever they are for. */
  readonly perMinute: number;
  /** Where alone its tokens are good; null where that is wherever the person may do something in whose name they are. */
  readonly places: Places | null;
}

/** A row of `oauth_client`. */
export interface ClientRow extends PlacesRow {
  id: string;
  org_id: string;
  owner_id: string;
  name: string;
  type: ClientType;
  grant_types: GrantType[];
  redirect_uris: string[];
  scopes: Permission[];
  per_minute: number;
  version: number;
  created_at: Date;
  last_used_at: Date | null;
}

export const settingsOf = (row: ClientRow): ClientSettings => ({
  name: row.name,
  grantTypes: row.grant_types,
  redirectUris: row.redirect_uris,
  scopes: row.scopes,
  perMinute: row.per_minute,
  places: placesOfRow(row),
});

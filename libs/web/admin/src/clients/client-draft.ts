import { type Permission, scopesInPlaces, tokenScopes } from '@berth/contracts';
import type { Places } from '@berth/web/booking';
import type { Client, ClientWish } from './clients-api';

export const grants = [
  'client_credentials',
  'authorization_code',
  'refresh_token',
  'urn:ietf:params:oauth:grant-type:device_code',
] as const;
export type Grant = (typeof grants)[number];

/** The last part of a grant's name, which its words are found by. */
export const wordOf = (grant: Grant): string => grant.replace(/^.*:/, '');

/** What is being written of a client. */
export interface ClientDraft {
  readonly name: string;
  readonly type: ClientWish['type'];
  readonly grantTypes: ReadonlySet<Grant>;
  /** One a line. */
  readonly redirectUris: string;
  readonly scopes: ReadonlySet<string>;
  readonly perMinute: number;
  /** null is everywhere. */
  readonly places: Places | null;
}

export const draftOf = (client: Client | null): ClientDraft => ({
  name: client?.name ?? '',
  type: client?.type ?? 'confidential',
  grantTypes: new Set(client?.grantTypes ?? ['client_credentials']),
  redirectUris: client?.redirectUris.join('\n') ?? '',
  scopes: new Set(client?.scopes ?? []),
  perMinute: client?.perMinute ?? 600,
  places: client?.places ?? null,
});

/** Whether a client of this type may be registered for a grant: what cannot keep a secret has nobody's rights by itself. */
export const fitsType = (grant: Grant, type: ClientDraft['type']): boolean => type === 'confidential' || grant !== 'client_credentials';

/** Whether a right can be asked for: in some places alone only what says something about a place. */
export const fitsPlaces = (scope: Permission, places: Places | null): boolean => places === null || scopesInPlaces.has(scope);

export const comesBack = (draft: ClientDraft): boolean => draft.grantTypes.has('authorization_code');

/** What is sent of a draft: only what goes together with the rest of it. */
export const wishOf = (draft: ClientDraft): ClientWish => ({
  name: draft.name.trim(),
  type: draft.type,
  grantTypes: grants.filter((it) => draft.grantTypes.has(it) && fitsType(it, draft.type)),
  redirectUris: comesBack(draft)
    ? draft.redirectUris
        .split('\n')
        .map((it) => it.trim())
        .filter((it) => it !== '')
    : [],
  scopes: tokenScopes.filter((it) => draft.scopes.has(it) && fitsPlaces(it, draft.places)),
  perMinute: draft.perMinute,
  places: draft.places && { siteIds: [...draft.places.siteIds], resourceIds: [...draft.places.resourceIds] },
});

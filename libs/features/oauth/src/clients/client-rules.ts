import type { FieldError } from '@berth/contracts';
import { validationFailed } from '@berth/platform/http';
import { type ClientSettings, type ClientType, DEVICE_GRANT } from './client';
import { isRedirectUri } from './redirect-uri';

/** What of a registration does not go together. @throws Problem `validation-failed` with all of it */
export function demandConsistent(type: ClientType, { grantTypes, redirectUris }: ClientSettings): void {
  const has = (grant: string): boolean => (grantTypes as readonly string[]).includes(grant);
  const errors: FieldError[] = [];
  const wrong = (pointer: string, code: string, detail: string): void => void errors.push({ pointer, code, detail });
  if (type === 'public' && has('client_credentials'))
    wrong('/grantTypes', 'needs-secret', 'client_credentials takes a client that keeps a secret');
  if (!grantTypes.some((it) => it !== 'refresh_token')) wrong('/grantTypes', 'required', 'names no way to a first token');
  if (has('refresh_token') && !has('authorization_code') && !has(DEVICE_GRANT))
    wrong('/grantTypes', 'refreshes-nothing', 'refresh_token goes with authorization_code or the device grant');
  if (has('authorization_code') && redirectUris.length === 0) wrong('/redirectUris', 'required', 'authorization_code comes back to one');
  if (!has('authorization_code') && redirectUris.length > 0)
    wrong('/redirectUris', 'not-used', 'are those of authorization_code, which is not among the grants');
  redirectUris.forEach((it, n) => {
    if (!isRedirectUri(it))
      wrong(`/redirectUris/${n}`, 'redirect-uri', 'takes https, http on this very machine, or a scheme like com.example.app, without #');
  });
  if (errors.length > 0) throw validationFailed(errors);
}

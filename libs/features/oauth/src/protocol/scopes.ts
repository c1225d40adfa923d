import type { Permission } from '@berth/contracts';
import { maySomewhere, type Rights } from '@berth/platform/auth';
import { OAuthError } from './oauth-error';

/** Rights of somebody over what is their own alone: nothing that acts for no person needs them. */
const ofPersons: ReadonlySet<Permission> = new Set(['profile:manage']);

/**
 * What is left of the scopes a client asks for: those it is registered for. Asking for none is asking for all (RFC 6749 §3.3).
 * @throws OAuthError `invalid_scope` when nothing is
 */
export function registeredOf(scope: string | undefined, registered: readonly Permission[]): Permission[] {
  const wanted = scope === undefined ? undefined : new Set(scope.split(' '));
  return someOf(registered.filter((it) => wanted?.has(it) ?? true));
}

/** What is left of them for a person: those they hold, anywhere. @throws OAuthError `invalid_scope` when nothing is */
export const heldOf = (scopes: readonly Permission[], rights: Rights): Permission[] =>
  someOf(scopes.filter((it) => maySomewhere(rights, it)));

/** What is left of them where a client acts for itself. @throws OAuthError `invalid_scope` when nothing is */
export const impersonalOf = (scopes: readonly Permission[]): Permission[] => someOf(scopes.filter((it) => !ofPersons.has(it)));

function someOf(scopes: Permission[]): Permission[] {
  if (scopes.length === 0) throw new OAuthError('invalid_scope', 'nothing of what is asked for can be allowed');
  return scopes.sort();
}

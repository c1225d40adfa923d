import type { Actor } from '../actor';
import type { Requester } from './allowances';

/**
 * Whose allowances a request is taken from; the last is told in the answer. A client that a person let in counts for both, and
 * so does a token with a limit of its own: neither gets more through the other.
 */
export function requestersOf({ organizationId, accountId, client, limitedToken }: Requesting): Requester[] {
  const person: Requester = { kind: 'person', organizationId, accountId };
  if (limitedToken !== undefined) return [person, { kind: 'token', organizationId, tokenId: limitedToken }];
  if (!client) return [person];
  const program: Requester = { kind: 'client', organizationId, clientId: client.id };
  return client.grantId === null ? [program] : [person, program];
}

type Requesting = Pick<Actor, 'organizationId' | 'accountId' | 'client' | 'limitedToken'>;

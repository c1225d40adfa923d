import type { Permission } from '@berth/contracts';
import { type Actor, maySomewhere } from '@berth/platform/auth';
import type { KnownClient } from '../protocol/client-authentication';

/** What a person is asked before a client may act in their name. */
export interface Asked {
  readonly client: { readonly name: string; readonly type: KnownClient['type'] };
  /** What it would be allowed: asked for, registered, and held by the person. */
  readonly scopes: readonly Permission[];
  readonly person: { readonly id: string; readonly displayName: string };
}

export const askedOf = (actor: Actor, client: KnownClient, scopes: readonly Permission[]): Asked => ({
  client: { name: client.name, type: client.type },
  scopes: scopes.filter((it) => maySomewhere(actor, it)),
  person: { id: actor.accountId, displayName: actor.displayName },
});

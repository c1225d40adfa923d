import { catalogueEvent, type Permission, placeable } from '@berth/contracts';
import { formatInstant, newId } from '@berth/kernel';
import { type Actor, ApiTokens, demand, demandPlaces, may, type Places, scopeOf, usageOf } from '@berth/platform/auth';
import { Database, keepingNoAnswer, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { OwnToken } from './token.queries';

export interface MakeTokenCommand {
  readonly name: string;
  readonly scopes: readonly Permission[];
  readonly expiresInDays: number;
  /** Requests a minute through it, beside what the owner may send; left out, that alone counts. */
  readonly perMinute?: number | null;
  /** Where alone it is good; left out, wherever its owner may do something. */
  readonly places?: Places | null;
}

/** Makes a token of the actor's own, with rights the actor holds. Its text is in the answer and nowhere else. */
@Injectable()
export class MakeToken {
  constructor(
    private readonly database: Database,
    private readonly tokens: ApiTokens,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws Problem `permission-denied` naming a scope the actor does not hold; `validation-failed`, `invalid-reference` for places
   *   or scopes that do not go with them
   */
  execute(actor: Actor, command: MakeTokenCommand): Promise<OwnToken & { token: string }> {
    const { name, scopes, expiresInDays, perMinute = null, places = null } = command;
    return this.database.transaction(keepingNoAnswer(actor), async (tx) => {
      await demandPlaces(tx, actor.organizationId, places, scopes);
      for (const scope of scopes) await demandThere(tx, actor, scope, places);
      const id = newId();
      const now = this.clock.now();
      const expiresAt = new Date(now.getTime() + expiresInDays * 86_400_000);
      const wanted = [...new Set(scopes)].sort();
      const { text, hash } = this.tokens.make('personal');
      await tx.sql`
        insert into api_token (id, org_id, account_id, name, hash, scopes, created_at, expires_at, per_minute, site_ids, resource_ids)
        values (${id}, ${actor.organizationId}, ${actor.accountId}, ${name}, ${hash}, ${wanted}::text[], ${now}, ${expiresAt}, ${perMinute},
                ${places && [...places.siteIds]}::uuid[], ${places && [...places.resourceIds]}::uuid[])`;
      await this.outbox.append(
        tx,
        actor,
        catalogueEvent('api_token.created', {
          id,
          name,
          after: { scopes: wanted, expiresAt: formatInstant(expiresAt), perMinute, places },
        }),
      );
      return {
        id,
        name,
        scopes: wanted,
        createdAt: formatInstant(now),
        expiresAt: formatInstant(expiresAt),
        lastUsedAt: null,
        perMinute,
        places,
        usage: usageOf(null, now),
        token: text,
      };
    });
  }
}

/** A right that can be had in one place alone is asked for in each of the places. @throws Problem `permission-denied` */
async function demandThere(tx: Tx, actor: Actor, permission: Permission, places: Places | null): Promise<void> {
  if (may(actor, permission)) return;
  if (places === null || !placeable.has(permission)) return demand(actor, permission);
  for (const siteId of places.siteIds) demand(actor, permission, { siteId, resourceIds: [] });
  for (const resourceId of places.resourceIds) demand(actor, permission, await scopeOf(tx, actor.organizationId, { resourceId }));
}

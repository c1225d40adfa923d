import { catalogueEvent, type Permission } from '@berth/contracts';
import { formatInstant, newId } from '@berth/kernel';
import { type Actor, ApiTokens, demand } from '@berth/platform/auth';
import { Database, keepingNoAnswer } from '@berth/platform/database';
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

  /** @throws Problem `permission-denied` naming a scope the actor does not hold */
  execute(actor: Actor, { name, scopes, expiresInDays, perMinute = null }: MakeTokenCommand): Promise<OwnToken & { token: string }> {
    for (const scope of scopes) demand(actor, scope);
    return this.database.transaction(keepingNoAnswer(actor), async (tx) => {
      const id = newId();
      const now = this.clock.now();
      const expiresAt = new Date(now.getTime() + expiresInDays * 86_400_000);
      const wanted = [...new Set(scopes)].sort();
      const { text, hash } = this.tokens.make('personal');
      await tx.sql`
        insert into api_token (id, org_id, account_id, name, hash, scopes, created_at, expires_at, per_minute)
        values (${id}, ${actor.organizationId}, ${actor.accountId}, ${name}, ${hash}, ${wanted}::text[], ${now}, ${expiresAt}, ${perMinute})`;
      await this.outbox.append(
        tx,
        actor,
        catalogueEvent('api_token.created', { id, name, after: { scopes: wanted, expiresAt: formatInstant(expiresAt), perMinute } }),
      );
      return {
        id,
        name,
        scopes: wanted,
        createdAt: formatInstant(now),
        expiresAt: formatInstant(expiresAt),
        lastUsedAt: null,
        perMinute,
        token: text,
      };
    });
  }
}

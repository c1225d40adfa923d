import { catalogueEvent } from '@berth/contracts';
import { newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, keepingNoAnswer } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { randomText, sha256 } from '../grants/grant';
import { heldOf } from '../protocol/scopes';
import type { AuthorizationRequest } from './authorization-request';

/** A code is fetched by a program that waits for it. */
const CODE_MS = 60_000;

/** Lets a client act in the actor's name. The code it fetches its tokens with is good once and for a minute. */
@Injectable()
export class AllowClient {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @returns the code. @throws OAuthError `invalid_scope` when the actor holds nothing of what is asked for */
  execute(actor: Actor, { client, redirectUri, scopes: asked, challenge }: AuthorizationRequest): Promise<string> {
    const scopes = heldOf(asked, actor);
    return this.database.transaction(keepingNoAnswer(actor), async (tx) => {
      const id = newId();
      const now = this.clock.now();
      const code = randomText();
      await tx.sql`
        insert into oauth_grant (id, org_id, client_id, account_id, scopes, created_at, redirect_uri, code_hash, code_challenge, code_expires_at)
        values (${id}, ${actor.organizationId}, ${client.id}, ${actor.accountId}, ${scopes}::text[], ${now}, ${redirectUri}, ${sha256(code)},
                ${challenge}, ${new Date(now.getTime() + CODE_MS)})`;
      await this.outbox.append(tx, actor, catalogueEvent('oauth_grant.created', { id, name: client.name, after: { scopes } }));
      return code;
    });
  }
}

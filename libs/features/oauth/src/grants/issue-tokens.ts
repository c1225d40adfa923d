import type { Permission } from '@berth/contracts';
import { ApiTokens, readRights } from '@berth/platform/auth';
import { newId } from '@berth/kernel';
import type { Tx } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { KnownClient } from '../protocol/client-authentication';
import { OAuthError } from '../protocol/oauth-error';
import { heldOf } from '../protocol/scopes';

/** How long an access token of a client is good, in seconds. */
export const CLIENT_TOKEN_SECONDS = 900;
const USED_MS = 60_000;

/** A successful answer of the token endpoint (RFC 6749 §5.1). */
export interface ClientTokens {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  /** Seconds. */
  readonly expires_in: number;
  readonly refresh_token?: string;
  /** Permissions, parted by spaces. */
  readonly scope: string;
}

/** Gives a client an access token in somebody's name: for what was allowed and that person holds (OAUTH-01). */
@Injectable()
export class IssueTokens {
  constructor(
    private readonly tokens: ApiTokens,
    private readonly clock: Clock,
  ) {}

  /**
   * @param grantId what the person allowed; null where the client asks by itself
   * @throws OAuthError `invalid_grant` for somebody who is not active, `invalid_scope` when they hold nothing of it
   */
  async execute(
    tx: Tx,
    client: KnownClient,
    allowed: { readonly accountId: string; readonly scopes: readonly Permission[]; readonly grantId: string | null },
  ): Promise<ClientTokens> {
    const now = this.clock.now();
    const rights = await readRights(tx, client.organizationId, allowed.accountId, now);
    if (!rights) throw new OAuthError('invalid_grant', 'the account is not active');
    const scopes = heldOf(allowed.scopes, rights);
    const { text, hash } = this.tokens.make('client');
    await tx.sql`
      insert into api_token (id, org_id, account_id, hash, scopes, created_at, expires_at, client_id, grant_id)
      values (${newId()}, ${client.organizationId}, ${allowed.accountId}, ${hash}, ${scopes}::text[], ${now},
              ${new Date(now.getTime() + CLIENT_TOKEN_SECONDS * 1000)}, ${client.id}, ${allowed.grantId})`;
    await tx.sql`
      update oauth_client set last_used_at = ${now}
      where org_id = ${client.organizationId} and id = ${client.id} and coalesce(last_used_at, '-infinity') < ${new Date(now.getTime() - USED_MS)}`;
    return { access_token: text, token_type: 'Bearer', expires_in: CLIENT_TOKEN_SECONDS, scope: scopes.join(' ') };
  }
}

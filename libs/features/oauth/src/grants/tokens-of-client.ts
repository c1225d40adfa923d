import { ApiTokens } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { KnownClient } from '../protocol/client-authentication';
import { EndGrant } from './end-grant';
import { type GrantRow, readRefreshToken, same, sha256 } from './grant';

/** What a client is told of a token of its own (RFC 7662 §2.2); of any other only that it is not active. */
export type Introspection =
  | { readonly active: false }
  | {
      readonly active: true;
      readonly scope: string;
      readonly client_id: string;
      readonly sub: string;
      readonly token_type: 'Bearer' | 'refresh_token';
      /** Seconds since 1970. */
      readonly exp: number;
      readonly iat: number;
    };

interface TokenRow {
  account_id: string;
  scopes: string[];
  created_at: Date;
  expires_at: Date;
}

/** Looks at tokens of a client, and ends them, at its own request. */
@Injectable()
export class TokensOfClient {
  constructor(
    private readonly database: Database,
    private readonly tokens: ApiTokens,
    private readonly ending: EndGrant,
    private readonly clock: Clock,
  ) {}

  async look(client: KnownClient, text: string): Promise<Introspection> {
    const row = this.tokens.isOne(text) ? await this.accessToken(client, text) : await this.refreshToken(client, text);
    if (!row) return { active: false };
    return {
      active: true,
      scope: row.scopes.join(' '),
      client_id: client.id,
      sub: row.account_id,
      token_type: this.tokens.isOne(text) ? 'Bearer' : 'refresh_token',
      exp: Math.floor(row.expires_at.getTime() / 1000),
      iat: Math.floor(row.created_at.getTime() / 1000),
    };
  }

  /** An access token ends by itself, a refresh token with all its grant gave (RFC 7009 §2.1). One that is not the client's stays. */
  async end(client: KnownClient, text: string, requestId: string): Promise<void> {
    const now = this.clock.now();
    const refresh = readRefreshToken(text);
    const doer = { organizationId: client.organizationId, accountId: client.ownerId, requestId, client };
    await this.database.transaction(doer, async (tx) => {
      if (!refresh) {
        const hash = this.tokens.hashOf(text);
        await tx.sql`
          update api_token set revoked_at = ${now}
          where org_id = ${client.organizationId} and client_id = ${client.id} and hash = ${hash} and revoked_at is null`;
        tx.afterCommit(() => this.tokens.forget({ hash }));
        return;
      }
      const [grant] = await tx.sql<GrantRow>`
        select * from oauth_grant where org_id = ${client.organizationId} and client_id = ${client.id} and id = ${refresh.grantId}`;
      if (grant && same(grant.refresh_hash, sha256(refresh.secret)))
        await this.ending.execute(tx, { ...doer, accountId: grant.account_id }, grant.id, 'by-client');
    });
  }

  private async accessToken(client: KnownClient, text: string): Promise<TokenRow | undefined> {
    const [row] = await this.database.of(client.organizationId).sql<TokenRow>`
      select t.account_id, t.scopes, t.created_at, t.expires_at
      from api_token t
      join account a on a.org_id = t.org_id and a.id = t.account_id
      left join oauth_grant g on g.org_id = t.org_id and g.id = t.grant_id
      where t.org_id = ${client.organizationId} and t.client_id = ${client.id} and t.hash = ${this.tokens.hashOf(text)}
        and t.revoked_at is null and t.expires_at > ${this.clock.now()} and g.revoked_at is null and a.status = 'active'`;
    return row;
  }

  private async refreshToken(client: KnownClient, text: string): Promise<TokenRow | undefined> {
    const token = readRefreshToken(text);
    if (!token) return undefined;
    const [row] = await this.database.of(client.organizationId).sql<TokenRow & { refresh_hash: Buffer }>`
      select g.account_id, g.scopes, coalesce(g.rotated_at, g.created_at) as created_at, g.refresh_expires_at as expires_at, g.refresh_hash
      from oauth_grant g
      join account a on a.org_id = g.org_id and a.id = g.account_id
      where g.org_id = ${client.organizationId} and g.client_id = ${client.id} and g.id = ${token.grantId}
        and g.revoked_at is null and g.refresh_expires_at > ${this.clock.now()} and a.status = 'active'`;
    return row && same(row.refresh_hash, sha256(token.secret)) ? row : undefined;
  }
}

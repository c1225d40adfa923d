import { Database, type Tx } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { KnownClient } from '../protocol/client-authentication';
import { OAuthError } from '../protocol/oauth-error';
import { EndGrant } from './end-grant';
import { beginRefreshing, type GrantRow, sha256 } from './grant';
import { type ClientTokens, IssueTokens } from './issue-tokens';

export interface ExchangeCodeCommand {
  readonly code: string;
  readonly redirectUri: string;
  readonly verifier: string;
  readonly requestId: string;
}

/** Gives tokens for an authorization code, once. Showing it again ends what the first time gave (RFC 6749 §4.1.2). */
@Injectable()
export class ExchangeCode {
  constructor(
    private readonly database: Database,
    private readonly issuing: IssueTokens,
    private readonly ending: EndGrant,
    private readonly clock: Clock,
  ) {}

  /** @throws OAuthError `invalid_grant`, the same for every reason but a used code, which leaves its mark */
  async execute(client: KnownClient, command: ExchangeCodeCommand): Promise<ClientTokens> {
    const doer = { organizationId: client.organizationId, accountId: client.ownerId, requestId: command.requestId };
    const outcome = await this.database.transaction(doer, (tx) => this.exchange(tx, client, command));
    if (outcome instanceof OAuthError) throw outcome;
    return outcome;
  }

  private async exchange(tx: Tx, client: KnownClient, command: ExchangeCodeCommand): Promise<ClientTokens | OAuthError> {
    const now = this.clock.now();
    const [grant] = await tx.sql<GrantRow>`
      select * from oauth_grant
      where org_id = ${client.organizationId} and client_id = ${client.id} and code_hash = ${sha256(command.code)} for update`;
    if (!grant) return refused();
    if (grant.code_used_at) {
      const doer = { organizationId: grant.org_id, accountId: grant.account_id, requestId: command.requestId, client };
      await this.ending.execute(tx, doer, grant.id, 'code-reuse');
      return refused();
    }
    if (grant.revoked_at || !grant.code_expires_at || grant.code_expires_at <= now) return refused();
    if (grant.redirect_uri !== command.redirectUri || grant.code_challenge !== challengeOf(command.verifier)) return refused();
    await tx.sql`update oauth_grant set code_used_at = ${now} where org_id = ${grant.org_id} and id = ${grant.id}`;
    const given = await this.issuing.execute(tx, client, { accountId: grant.account_id, scopes: grant.scopes, grantId: grant.id });
    const refreshes = client.grantTypes.includes('refresh_token');
    return refreshes ? { ...given, refresh_token: await beginRefreshing(tx, grant.id, now) } : given;
  }
}

/** RFC 7636 §4.6, S256. A verifier of a form nobody may use fits nothing. */
const challengeOf = (verifier: string): string =>
  /^[A-Za-z0-9._~-]{43,128}$/.test(verifier) ? sha256(verifier).toString('base64url') : '';

const refused = (): OAuthError =>
  new OAuthError('invalid_grant', 'the code is not good, was used, or came with another redirect_uri or verifier');

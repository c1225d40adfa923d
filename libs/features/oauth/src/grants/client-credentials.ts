import { Database } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';
import type { KnownClient } from '../protocol/client-authentication';
import { impersonalOf, registeredOf } from '../protocol/scopes';
import { type ClientTokens, IssueTokens } from './issue-tokens';

/** Gives a client a token for itself: asked for ∩ registered ∩ what its owner holds, and nothing of the owner's person (OAUTH-01). */
@Injectable()
export class ClientCredentials {
  constructor(
    private readonly database: Database,
    private readonly issuing: IssueTokens,
  ) {}

  /** @throws OAuthError `invalid_scope`, `invalid_grant` when its owner is not active */
  async execute(client: KnownClient, scope: string | undefined, requestId: string): Promise<ClientTokens> {
    const scopes = impersonalOf(registeredOf(scope, client.scopes));
    const { organizationId, ownerId: accountId } = client;
    return this.database.transaction({ organizationId, accountId, requestId }, (tx) =>
      this.issuing.execute(tx, client, { accountId, scopes, grantId: null }),
    );
  }
}

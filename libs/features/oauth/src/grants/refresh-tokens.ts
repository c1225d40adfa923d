import type { Permission } from '@berth/contracts';
import { Database, type Tx } from '@berth/platform/database';
import { Clock, Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { KnownClient } from '../protocol/client-authentication';
import { OAuthError } from '../protocol/oauth-error';
import { EndGrant } from './end-grant';
import { type GrantRow, randomText, readRefreshToken, refreshExpiry, refreshText, same, sha256 } from './grant';
import { type ClientTokens, IssueTokens } from './issue-tokens';

/** Whoever refreshes with the token just replaced gets the same successor within this time: an answer was lost, or two raced. */
const GRACE_MS = 10_000;

export interface RefreshCommand {
  readonly refreshToken: string;
  /** Fewer scopes than were allowed; undefined is all. */
  readonly scope: string | undefined;
  readonly requestId: string;
}

/** Replaces a refresh token and gives an access token with it. Showing one that was replaced before ends the grant. */
@Injectable()
export class RefreshTokens {
  constructor(
    private readonly database: Database,
    private readonly issuing: IssueTokens,
    private readonly ending: EndGrant,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /** @throws OAuthError `invalid_grant`, the same for every reason; `invalid_scope` for more than was allowed */
  async execute(client: KnownClient, command: RefreshCommand): Promise<ClientTokens> {
    const presented = readRefreshToken(command.refreshToken);
    if (!presented) throw refused();
    const doer = { organizationId: client.organizationId, accountId: client.ownerId, requestId: command.requestId };
    const outcome = await this.database.transaction(doer, (tx) => this.refresh(tx, client, presented, command));
    if (outcome instanceof OAuthError) throw outcome;
    return outcome;
  }

  private async refresh(
    tx: Tx,
    client: KnownClient,
    { grantId, secret }: { grantId: string; secret: string },
    { scope, requestId }: RefreshCommand,
  ): Promise<ClientTokens | OAuthError> {
    const now = this.clock.now();
    const [grant] = await tx.sql<GrantRow>`
      select * from oauth_grant
      where org_id = ${client.organizationId} and client_id = ${client.id} and id = ${grantId} and refresh_hash is not null for update`;
    if (!grant || grant.revoked_at || !grant.refresh_expires_at || grant.refresh_expires_at <= now) return refused();
    const wanted = scope?.split(' ') ?? grant.scopes;
    if (!wanted.every((it) => (grant.scopes as string[]).includes(it)))
      return new OAuthError('invalid_scope', 'more is asked for than was allowed');
    const next = await this.successor(tx, grant, sha256(secret), now);
    if (next === undefined) {
      const doer = { organizationId: grant.org_id, accountId: grant.account_id, requestId, client };
      await this.ending.execute(tx, doer, grant.id, 'token-reuse');
      return refused();
    }
    const allowed = { accountId: grant.account_id, scopes: wanted as Permission[], grantId };
    return { ...(await this.issuing.execute(tx, client, allowed)), refresh_token: refreshText(grantId, next) };
  }

  /** The secret that comes after; undefined for one that is not, or no longer, the grant's. */
  private async successor(tx: Tx, grant: GrantRow, presented: Buffer, now: Date): Promise<string | undefined> {
    const place = `oauth_grant/${grant.id}/successor`;
    if (same(grant.refresh_hash, presented)) {
      const secret = randomText();
      await tx.sql`
        update oauth_grant
        set refresh_hash = ${sha256(secret)}, previous_hash = refresh_hash, rotated_at = ${now}, refresh_expires_at = ${refreshExpiry(now)},
            successor_sealed = ${this.secrets.seal(secret, place)}
        where org_id = ${grant.org_id} and id = ${grant.id}`;
      return secret;
    }
    const raced = same(grant.previous_hash, presented) && grant.rotated_at && now.getTime() - grant.rotated_at.getTime() < GRACE_MS;
    return raced && grant.successor_sealed ? this.secrets.open(grant.successor_sealed, place).toString() : undefined;
  }
}

const refused = (): OAuthError => new OAuthError('invalid_grant', 'the refresh token is not good, or was used before');

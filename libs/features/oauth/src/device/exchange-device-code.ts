import { Database, type Tx } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { EndGrant } from '../grants/end-grant';
import { beginRefreshing, type GrantRow, sha256 } from '../grants/grant';
import { type ClientTokens, IssueTokens } from '../grants/issue-tokens';
import type { KnownClient } from '../protocol/client-authentication';
import { OAuthError } from '../protocol/oauth-error';

const SLOWER_BY_SECONDS = 5;

interface DeviceCodeRow {
  id: string;
  expires_at: Date;
  interval_s: number;
  polled_at: Date | null;
  denied_at: Date | null;
  grant_id: string | null;
  used_at: Date | null;
}

/** What a device is told while it waits, and its tokens once somebody let it (RFC 8628 §3.4). */
@Injectable()
export class ExchangeDeviceCode {
  constructor(
    private readonly database: Database,
    private readonly issuing: IssueTokens,
    private readonly ending: EndGrant,
    private readonly clock: Clock,
  ) {}

  /** @throws OAuthError `authorization_pending`, `slow_down`, `access_denied`, `expired_token`, `invalid_grant` */
  async execute(client: KnownClient, deviceCode: string, requestId: string): Promise<ClientTokens> {
    const doer = { organizationId: client.organizationId, accountId: client.ownerId, requestId };
    const outcome = await this.database.transaction(doer, (tx) => this.exchange(tx, client, deviceCode, requestId));
    if (outcome instanceof OAuthError) throw outcome;
    return outcome;
  }

  private async exchange(tx: Tx, client: KnownClient, deviceCode: string, requestId: string): Promise<ClientTokens | OAuthError> {
    const now = this.clock.now();
    const [code] = await tx.sql<DeviceCodeRow>`
      select * from oauth_device_code
      where org_id = ${client.organizationId} and client_id = ${client.id} and device_hash = ${sha256(deviceCode)} for update`;
    if (!code) return new OAuthError('invalid_grant', 'the device code is not good');
    if (code.grant_id === null) return this.waiting(tx, code, now);
    const [grant] = await tx.sql<GrantRow>`select * from oauth_grant where org_id = ${client.organizationId} and id = ${code.grant_id}`;
    if (code.used_at && grant) {
      const doer = { organizationId: client.organizationId, accountId: grant.account_id, requestId, client };
      await this.ending.execute(tx, doer, grant.id, 'code-reuse');
    }
    if (!grant || code.used_at || grant.revoked_at)
      return new OAuthError('invalid_grant', 'the device code was used, or what it gave was revoked');
    if (code.expires_at <= now) return new OAuthError('expired_token', 'the device code has run out');
    await tx.sql`update oauth_device_code set used_at = ${now} where org_id = ${client.organizationId} and id = ${code.id}`;
    const given = await this.issuing.execute(tx, client, { accountId: grant.account_id, scopes: grant.scopes, grantId: grant.id });
    const refreshes = client.grantTypes.includes('refresh_token');
    return refreshes ? { ...given, refresh_token: await beginRefreshing(tx, grant.id, now) } : given;
  }

  /** Nobody has let it yet. Who asks too often is told to wait longer from then on. */
  private async waiting(tx: Tx, code: DeviceCodeRow, now: Date): Promise<OAuthError> {
    if (code.denied_at) return new OAuthError('access_denied', 'the person said no');
    if (code.expires_at <= now) return new OAuthError('expired_token', 'the device code has run out');
    const tooSoon = code.polled_at !== null && now.getTime() - code.polled_at.getTime() < code.interval_s * 1000;
    await tx.sql`
      update oauth_device_code set polled_at = ${now}, interval_s = interval_s + ${tooSoon ? SLOWER_BY_SECONDS : 0}
      where org_id = ${tx.organizationId} and id = ${code.id}`;
    return tooSoon
      ? new OAuthError('slow_down', `wait ${code.interval_s + SLOWER_BY_SECONDS} seconds between requests`)
      : new OAuthError('authorization_pending', 'nobody has typed the code in yet');
  }
}

import { newId } from '@berth/kernel';
import { Database } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { DEVICE_GRANT } from '../clients/client';
import { randomText, sha256 } from '../grants/grant';
import type { KnownClient } from '../protocol/client-authentication';
import { OAuthError } from '../protocol/oauth-error';
import { registeredOf } from '../protocol/scopes';
import { newUserCode, shownUserCode } from './user-code';

const DEVICE_CODE_SECONDS = 600;
const INTERVAL_SECONDS = 5;

/** What a device shows and asks with (RFC 8628 §3.2). */
export interface DeviceAuthorization {
  readonly device_code: string;
  readonly user_code: string;
  readonly verification_uri: string;
  readonly verification_uri_complete: string;
  /** Seconds. */
  readonly expires_in: number;
  readonly interval: number;
}

/** Begins for a device without a browser: a code it shows, which somebody types into the console. */
@Injectable()
export class AskForDevice {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws OAuthError `unauthorized_client`, `invalid_scope` */
  async execute(client: KnownClient, scope: string | undefined, issuer: string): Promise<DeviceAuthorization> {
    if (!client.grantTypes.includes(DEVICE_GRANT))
      throw new OAuthError('unauthorized_client', 'the client is not registered for the device grant');
    const scopes = registeredOf(scope, client.scopes);
    const now = this.clock.now();
    const [deviceCode, userCode] = [randomText(), newUserCode()];
    await this.database.of(client.organizationId).sql`
      insert into oauth_device_code (id, org_id, client_id, device_hash, user_code, scopes, created_at, expires_at, interval_s)
      values (${newId()}, ${client.organizationId}, ${client.id}, ${sha256(deviceCode)}, ${userCode}, ${scopes}::text[], ${now},
              ${new Date(now.getTime() + DEVICE_CODE_SECONDS * 1000)}, ${INTERVAL_SECONDS})`;
    const shown = shownUserCode(userCode);
    return {
      device_code: deviceCode,
      user_code: shown,
      verification_uri: `${issuer}/device`,
      verification_uri_complete: `${issuer}/device?user_code=${shown}`,
      expires_in: DEVICE_CODE_SECONDS,
      interval: INTERVAL_SECONDS,
    };
  }
}

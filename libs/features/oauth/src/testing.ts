import type { Permission } from '@berth/contracts';
import { newId } from '@berth/kernel';
import { type Actor, ApiTokens, Lockout, rightsOfRole } from '@berth/platform/auth';
import { Secrets } from '@berth/platform/runtime';
import { SetClock, silentOutbox, type TestDatabase } from '@berth/platform/testing';
import { createHash, randomBytes } from 'node:crypto';
import { ChangeClient } from './clients/change-client';
import { type ClientSettings, type ClientType, DEVICE_GRANT, grantTypes } from './clients/client';
import { ClientQueries } from './clients/client.queries';
import { RegisterClient } from './clients/register-client';
import { RevokeClient } from './clients/revoke-client';
import { RotateSecret } from './clients/rotate-secret';
import { AllowClient } from './consent/allow-client';
import { AskForDevice } from './device/ask-for-device';
import { DeviceRequests } from './device/device-requests';
import { ExchangeDeviceCode } from './device/exchange-device-code';
import { ClientCredentials } from './grants/client-credentials';
import { EndGrant } from './grants/end-grant';
import { ExchangeCode } from './grants/exchange-code';
import { GrantQueries } from './grants/grant.queries';
import { IssueTokens } from './grants/issue-tokens';
import { RefreshTokens } from './grants/refresh-tokens';
import { RevokeGrant } from './grants/revoke-grant';
import { TokensOfClient } from './grants/tokens-of-client';
import { ClientAuthentication, type KnownClient } from './protocol/client-authentication';

export const REDIRECT_URI = 'https://app.example/callback';
const SCOPES: readonly Permission[] = ['reservation:create', 'resource:manage', 'resource:read'];

/** The real use cases on the real database; only the clock is set. */
export function oauthOn(db: TestDatabase) {
  const clock = new SetClock(new Date('2026-12-07T08:00:00Z'));
  let parts: ReturnType<typeof useCases> | undefined;
  const does = (): ReturnType<typeof useCases> => (parts ??= useCases(db, clock));

  return {
    clock,
    get does() {
      return does();
    },

    async aPerson(role: Actor['role']): Promise<Actor> {
      const [id, name] = [newId(), `p${newId().slice(-12)}`];
      await db.asOwner(
        `insert into account (id, org_id, username, email, display_name, role, created_at) values ($1, $2, $3, $3 || '@acme.example', $3, $4, now())`,
        [id, db.organizationId, name, role],
      );
      const session = { sessionId: newId(), requestId: 'test', displayName: name };
      return { organizationId: db.organizationId, accountId: id, ...session, ...rightsOfRole(role) };
    },

    /** A client for every grant its type may have, as the protocol knows it, with its secret. */
    async aClient(owner: Actor, given: Partial<ClientSettings> & { type?: ClientType } = {}): Promise<KnownClient & { secret: string }> {
      const { type = 'confidential', ...settings } = given;
      const all = grantTypes.filter((it) => type === 'confidential' || it !== 'client_credentials');
      const command = {
        name: `App ${newId()}`,
        grantTypes: all,
        redirectUris: [REDIRECT_URI],
        scopes: SCOPES,
        perMinute: 600,
        places: null,
        ...settings,
        type,
      };
      const { id, secret } = await does().register.execute(owner, command);
      const known = await does().clients.known(id);
      if (!known) throw new Error('the client that was registered is not known');
      return { ...known, secret: secret ?? '' };
    },

    /** A code a person gave a client, with what it takes to use it. */
    async aCode(person: Actor, client: KnownClient, scopes: readonly Permission[] = ['reservation:create', 'resource:read']) {
      const verifier = randomBytes(32).toString('base64url');
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      const code = await does().allow.execute(person, { client, redirectUri: REDIRECT_URI, scopes, state: undefined, challenge });
      return { code, verifier, redirectUri: REDIRECT_URI, requestId: 'test' };
    },
  };
}

export { DEVICE_GRANT };

function useCases(db: TestDatabase, clock: SetClock) {
  const { database } = db;
  const outbox = silentOutbox();
  const secrets = new Secrets(Buffer.alloc(32, 7));
  const tokens = new ApiTokens(database, clock);
  const issuing = new IssueTokens(tokens, clock);
  const ending = new EndGrant(tokens, outbox, clock);
  const queries = new ClientQueries(database, clock);
  const clients = new ClientAuthentication(database, clock);
  return {
    ...{ tokens, clients },
    /** Another process, which has heard of nothing. */
    elsewhere: () => new ApiTokens(database, clock),
    register: new RegisterClient(database, queries, outbox, clock),
    change: new ChangeClient(database, queries, tokens, outbox, clock),
    rotate: new RotateSecret(database, outbox, clock),
    revoke: new RevokeClient(database, queries, tokens, outbox, clock),
    allow: new AllowClient(database, outbox, clock),
    exchange: new ExchangeCode(database, issuing, ending, clock),
    refresh: new RefreshTokens(database, issuing, ending, secrets, clock),
    ask: new ClientCredentials(database, issuing),
    askForDevice: new AskForDevice(database, clock),
    devices: new DeviceRequests(database, clients, new Lockout(database, secrets, clock), outbox, clock),
    exchangeDevice: new ExchangeDeviceCode(database, issuing, ending, clock),
    ofClient: new TokensOfClient(database, tokens, ending, clock),
    grants: new GrantQueries(database, clock),
    takeBack: new RevokeGrant(database, ending),
  };
}

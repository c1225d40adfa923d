import { Module } from '@nestjs/common';
import { ChangeClient } from './clients/change-client';
import { ClientQueries } from './clients/client.queries';
import { ClientsController } from './clients/clients.controller';
import { RegisterClient } from './clients/register-client';
import { RevokeClient } from './clients/revoke-client';
import { RotateSecret } from './clients/rotate-secret';
import { AllowClient } from './consent/allow-client';
import { ConsentController } from './consent/consent.controller';
import { AskForDevice } from './device/ask-for-device';
import { DeviceController } from './device/device.controller';
import { DeviceRequests } from './device/device-requests';
import { ExchangeDeviceCode } from './device/exchange-device-code';
import { ClientCredentials } from './grants/client-credentials';
import { EndGrant } from './grants/end-grant';
import { ExchangeCode } from './grants/exchange-code';
import { GrantQueries } from './grants/grant.queries';
import { GrantsController } from './grants/grants.controller';
import { IssueTokens } from './grants/issue-tokens';
import { RefreshTokens } from './grants/refresh-tokens';
import { RevokeGrant } from './grants/revoke-grant';
import { TokensOfClient } from './grants/tokens-of-client';
import { ClientAuthentication } from './protocol/client-authentication';
import { DiscoveryController } from './protocol/discovery.controller';
import { TokenEndpointController } from './protocol/token-endpoint.controller';

@Module({
  controllers: [ClientsController, ConsentController, DeviceController, DiscoveryController, GrantsController, TokenEndpointController],
  providers: [
    AllowClient,
    AskForDevice,
    ChangeClient,
    ClientAuthentication,
    ClientCredentials,
    ClientQueries,
    DeviceRequests,
    EndGrant,
    ExchangeCode,
    ExchangeDeviceCode,
    GrantQueries,
    IssueTokens,
    RefreshTokens,
    RegisterClient,
    RevokeClient,
    RevokeGrant,
    RotateSecret,
    TokensOfClient,
  ],
})
export class OAuthModule {}

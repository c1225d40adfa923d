import { Public } from '@berth/platform/auth';
import { CONFIG, type Config } from '@berth/platform/runtime';
import { Controller, HttpCode, Inject, Post, Req, UseFilters } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DEVICE_GRANT, type GrantType, grantTypes } from '../clients/client';
import { AskForDevice, type DeviceAuthorization } from '../device/ask-for-device';
import { ExchangeDeviceCode } from '../device/exchange-device-code';
import { ClientCredentials } from '../grants/client-credentials';
import { ExchangeCode } from '../grants/exchange-code';
import type { ClientTokens } from '../grants/issue-tokens';
import { RefreshTokens } from '../grants/refresh-tokens';
import { type Introspection, TokensOfClient } from '../grants/tokens-of-client';
import { ClientAuthentication, type KnownClient } from './client-authentication';
import { issuerOf } from './issuer';
import { OAuthError } from './oauth-error';
import { OAuthErrorFilter } from './oauth-error.filter';
import { demandParameter, formOf, type Parameters } from './parameters';
import { ClientTokensResponse, DeviceAuthorizationResponse, IntrospectionResponse, OAuthForm, RefusesAsOAuth } from './token-endpoint.docs';

/** What clients speak OAuth 2.0 with. They take forms and refuse as RFC 6749 §5.2 has it. */
@ApiTags('oauth')
@Controller('oauth')
@UseFilters(OAuthErrorFilter)
export class TokenEndpointController {
  constructor(
    private readonly clients: ClientAuthentication,
    private readonly clientCredentials: ClientCredentials,
    private readonly exchangeCode: ExchangeCode,
    private readonly refreshTokens: RefreshTokens,
    private readonly askForDevice: AskForDevice,
    private readonly exchangeDeviceCode: ExchangeDeviceCode,
    private readonly tokensOfClient: TokensOfClient,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Gives a client tokens (RFC 6749 §3.2): client_credentials, authorization_code, refresh_token, device_code. */
  @Post('token')
  @Public()
  @HttpCode(200)
  @OAuthForm('grant_type', 'scope', 'code', 'redirect_uri', 'code_verifier', 'refresh_token', 'device_code')
  @ApiOkResponse({ type: ClientTokensResponse })
  @RefusesAsOAuth()
  async token(@Req() request: FastifyRequest): Promise<ClientTokens> {
    const { client, form } = await this.authenticated(request);
    const grant = demandParameter(form, 'grant_type') as GrantType;
    if (!grantTypes.includes(grant)) throw new OAuthError('unsupported_grant_type', 'this grant_type does not exist here');
    if (!client.grantTypes.includes(grant)) throw new OAuthError('unauthorized_client', 'the client is not registered for this grant_type');
    return this.give(grant, client, form, request.id);
  }

  /** Ends a token of the client's own: an access token by itself, a refresh token with all its grant gave (RFC 7009). */
  @Post('revoke')
  @Public()
  @HttpCode(200)
  @OAuthForm('token', 'token_type_hint')
  @ApiOkResponse({ description: 'It is not good any more, or never was' })
  @RefusesAsOAuth()
  async revoke(@Req() request: FastifyRequest): Promise<void> {
    const { client, form } = await this.authenticated(request);
    await this.tokensOfClient.end(client, demandParameter(form, 'token'), request.id);
  }

  /** What a token of the client's own is good for (RFC 7662); for clients with a secret. */
  @Post('introspect')
  @Public()
  @HttpCode(200)
  @OAuthForm('token', 'token_type_hint')
  @ApiOkResponse({ type: IntrospectionResponse })
  @RefusesAsOAuth()
  async introspect(@Req() request: FastifyRequest): Promise<Introspection & { iss?: string }> {
    const { client, form } = await this.authenticated(request);
    if (client.type === 'public') throw new OAuthError('unauthorized_client', 'a public client cannot introspect');
    const seen = await this.tokensOfClient.look(client, demandParameter(form, 'token'));
    return seen.active ? { ...seen, iss: issuerOf(this.config, request) } : seen;
  }

  /** Begins for a device without a browser (RFC 8628 §3.1). */
  @Post('device')
  @Public()
  @HttpCode(200)
  @OAuthForm('scope')
  @ApiOkResponse({ type: DeviceAuthorizationResponse })
  @RefusesAsOAuth()
  async device(@Req() request: FastifyRequest): Promise<DeviceAuthorization> {
    const { client, form } = await this.authenticated(request);
    return this.askForDevice.execute(client, form['scope'], issuerOf(this.config, request));
  }

  private async authenticated(request: FastifyRequest): Promise<{ client: KnownClient; form: Parameters }> {
    const form = formOf(request);
    return { client: await this.clients.execute(request.headers.authorization, form), form };
  }

  private give(grant: GrantType, client: KnownClient, form: Parameters, requestId: string): Promise<ClientTokens> {
    switch (grant) {
      case 'client_credentials':
        return this.clientCredentials.execute(client, form['scope'], requestId);
      case 'authorization_code':
        return this.exchangeCode.execute(client, {
          code: demandParameter(form, 'code'),
          redirectUri: demandParameter(form, 'redirect_uri'),
          verifier: demandParameter(form, 'code_verifier'),
          requestId,
        });
      case 'refresh_token':
        return this.refreshTokens.execute(client, {
          refreshToken: demandParameter(form, 'refresh_token'),
          scope: form['scope'],
          requestId,
        });
      case DEVICE_GRANT:
        return this.exchangeDeviceCode.execute(client, demandParameter(form, 'device_code'), requestId);
    }
  }
}

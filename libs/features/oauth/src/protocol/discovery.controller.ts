import { tokenScopes } from '@berth/contracts';
import { Public } from '@berth/platform/auth';
import { CONFIG, type Config } from '@berth/platform/runtime';
import { Controller, Get, Inject, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { grantTypes } from '../clients/client';
import { issuerOf } from './issuer';

/** Where clients read what this server can do. */
@ApiTags('oauth')
@Controller()
export class DiscoveryController {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** The endpoints of OAuth 2.0 and what they take (RFC 8414). */
  @Get('.well-known/oauth-authorization-server')
  @Public()
  @ApiOkResponse({
    schema: {
      type: 'object',
      properties: { issuer: { type: 'string' }, token_endpoint: { type: 'string' } },
      additionalProperties: true,
      required: ['issuer', 'token_endpoint'],
    },
  })
  metadata(@Req() request: FastifyRequest): object {
    const issuer = issuerOf(this.config, request);
    const at = (path: string): string => `${issuer}/api/v1/oauth/${path}`;
    const secretMethods = ['client_secret_basic', 'client_secret_post'];
    return {
      issuer,
      authorization_endpoint: at('authorize'),
      token_endpoint: at('token'),
      revocation_endpoint: at('revoke'),
      introspection_endpoint: at('introspect'),
      device_authorization_endpoint: at('device'),
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      scopes_supported: tokenScopes,
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      grant_types_supported: grantTypes,
      token_endpoint_auth_methods_supported: [...secretMethods, 'none'],
      revocation_endpoint_auth_methods_supported: [...secretMethods, 'none'],
      introspection_endpoint_auth_methods_supported: secretMethods,
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
      service_documentation: `${issuer}/api/docs`,
    };
  }
}

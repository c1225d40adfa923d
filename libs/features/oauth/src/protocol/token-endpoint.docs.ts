import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiProperty, ApiPropertyOptional, ApiResponse } from '@nestjs/swagger';
import type { DeviceAuthorization } from '../device/ask-for-device';
import type { ClientTokens } from '../grants/issue-tokens';

export class ClientTokensResponse implements ClientTokens {
  @ApiProperty({ pattern: '^berth_oat_[A-Za-z0-9_-]{43}$' })
  access_token!: string;
  @ApiProperty({ enum: ['Bearer'] })
  token_type!: 'Bearer';
  @ApiProperty({ description: 'Seconds' })
  expires_in!: number;
  @ApiPropertyOptional({ description: 'For clients registered for refresh_token; another one after each use' })
  refresh_token?: string;
  @ApiProperty({ description: 'Permissions parted by spaces: asked for, registered and held' })
  scope!: string;
}

export class DeviceAuthorizationResponse implements DeviceAuthorization {
  @ApiProperty()
  device_code!: string;
  @ApiProperty({ description: 'For the person, like BCDF-GHJK' })
  user_code!: string;
  @ApiProperty({ description: 'Page of the console it is typed into' })
  verification_uri!: string;
  @ApiProperty()
  verification_uri_complete!: string;
  @ApiProperty({ description: 'Seconds' })
  expires_in!: number;
  @ApiProperty({ description: 'Seconds between two questions' })
  interval!: number;
}

export class IntrospectionResponse {
  @ApiProperty()
  active!: boolean;
  @ApiPropertyOptional()
  scope?: string;
  @ApiPropertyOptional({ format: 'uuid' })
  client_id?: string;
  @ApiPropertyOptional({ format: 'uuid', description: 'Account in whose name' })
  sub?: string;
  @ApiPropertyOptional({ enum: ['Bearer', 'refresh_token'] })
  token_type?: 'Bearer' | 'refresh_token';
  @ApiPropertyOptional({ description: 'Seconds since 1970' })
  exp?: number;
  @ApiPropertyOptional({ description: 'Seconds since 1970' })
  iat?: number;
  @ApiPropertyOptional()
  iss?: string;
}

/** Documents a form of OAuth 2.0 with the ways a client authenticates; what it does not know is ignored. */
export const OAuthForm = (...names: string[]): MethodDecorator =>
  applyDecorators(
    ApiConsumes('application/x-www-form-urlencoded'),
    ApiBody({
      schema: {
        type: 'object',
        properties: Object.fromEntries([...names, 'client_id', 'client_secret'].map((it) => [it, { type: 'string', maxLength: 4000 }])),
        required: names[0] === 'scope' ? [] : [names[0] ?? ''],
      },
    }),
  );

/** Documents refusals in the form of RFC 6749 §5.2. */
export const RefusesAsOAuth = (): MethodDecorator => {
  const form = {
    type: 'object',
    properties: { error: { type: 'string' }, error_description: { type: 'string' } },
    required: ['error'],
  };
  const refusal = (status: number, description: string): MethodDecorator =>
    ApiResponse({ status, description, content: { 'application/json': { schema: form } } });
  return applyDecorators(
    refusal(400, '`invalid_request`, `invalid_grant`, `invalid_scope` and others of RFC 6749 §5.2 and RFC 8628 §3.5'),
    refusal(401, '`invalid_client`'),
    refusal(429, '`temporarily_unavailable`: too many requests'),
  );
};

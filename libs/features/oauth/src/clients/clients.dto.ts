import { type Permission, tokenScopes } from '@berth/contracts';
import { IsTokenName, IsTokenPerMinute, TOKEN_NAME, TOKEN_PER_MINUTE, TokenPlaces, TokenUsageResponse } from '@berth/platform/auth';
import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { type ClientType, clientTypes, type GrantType, grantTypes } from './client';
import type { Client } from './client.queries';

const MAX_OVERLAP_HOURS = 168;

class ClientSettingsRequest {
  @ApiProperty({ ...TOKEN_NAME, description: 'What people are asked about by' })
  @IsTokenName()
  name!: string;

  @ApiProperty({ enum: grantTypes, isArray: true, description: 'Ways to a token it may take' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(grantTypes.length)
  @ArrayUnique()
  @IsIn(grantTypes, { each: true })
  grantTypes!: GrantType[];

  @ApiProperty({ type: [String], maxItems: 20, description: 'Where authorization codes are brought; compared letter by letter' })
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsString({ each: true })
  redirectUris!: string[];

  @ApiProperty({ enum: tokenScopes, isArray: true, description: 'The most it can be allowed; only what one holds oneself can be added' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsIn(tokenScopes, { each: true })
  scopes!: Permission[];

  @ApiProperty({ ...TOKEN_PER_MINUTE, description: 'Requests a minute, whoever they are for' })
  @IsTokenPerMinute()
  perMinute!: number;

  @ApiPropertyOptional({
    type: TokenPlaces,
    nullable: true,
    description: 'Where alone its tokens are good: only scopes of places go with that; null or absent is everywhere',
  })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => TokenPlaces)
  places?: TokenPlaces | null;
}

export class RegisterClientRequest extends ClientSettingsRequest {
  @ApiProperty({ enum: clientTypes, description: '`public` has no secret' })
  @IsIn(clientTypes)
  type!: ClientType;
}

export class ChangeClientRequest extends PartialType(ClientSettingsRequest, { skipNullProperties: false }) {}

export class RotateSecretRequest {
  @ApiPropertyOptional({ minimum: 0, maximum: MAX_OVERLAP_HOURS, default: 24, description: 'How long the secret before it goes on' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_OVERLAP_HOURS)
  overlapHours?: number;
}

class OwnerResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  displayName!: string;
}

class ClientSecretResponse {
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'null for the present one' })
  expiresAt!: string | null;
}

export class ClientResponse implements Client {
  @ApiProperty({ format: 'uuid', description: 'Also its client_id' })
  id!: string;
  @ApiProperty()
  version!: number;
  @ApiProperty({ enum: clientTypes })
  type!: ClientType;
  @ApiProperty()
  name!: string;
  @ApiProperty({ enum: grantTypes, isArray: true })
  grantTypes!: readonly GrantType[];
  @ApiProperty({ type: [String] })
  redirectUris!: readonly string[];
  @ApiProperty({ type: [String] })
  scopes!: readonly Permission[];
  @ApiProperty()
  perMinute!: number;
  @ApiProperty({ type: TokenPlaces, nullable: true, description: 'Where alone its tokens are good; null for everywhere' })
  places!: TokenPlaces | null;
  @ApiProperty({ type: OwnerResponse, description: 'Whose rights it has when it asks by itself' })
  owner!: OwnerResponse;
  @ApiProperty({ type: [ClientSecretResponse], description: 'Those that are good now, newest first' })
  secrets!: readonly ClientSecretResponse[];
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When it was last given a token' })
  lastUsedAt!: string | null;
  @ApiProperty({ type: TokenUsageResponse, description: 'Of all its tokens' })
  usage!: TokenUsageResponse;
}

export class RegisteredClientResponse extends ClientResponse {
  @ApiProperty({ type: String, nullable: true, description: 'Shown this once; null for a public client' })
  secret!: string | null;
}

export class RotatedSecretResponse {
  @ApiProperty({ description: 'Shown this once' })
  secret!: string;
  @ApiProperty({ format: 'date-time', description: 'Until when the secret before it is good' })
  previousUntil!: string;
}

export class ClientList {
  @ApiProperty({ type: [ClientResponse] })
  data!: readonly ClientResponse[];
}

import { type Permission, tokenScopes } from '@berth/contracts';
import { IsTokenName, IsTokenPerMinute, TOKEN_NAME, TOKEN_PER_MINUTE, TokenPlaces, TokenUsageResponse } from '@berth/platform/auth';
import { PageEndResponse } from '@berth/platform/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsInt, IsObject, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import type { OwnToken, TokenOfSomebody } from './token.queries';

const MAX_DAYS = 366;

export class MakeTokenRequest {
  @ApiProperty({ ...TOKEN_NAME, description: 'What it is for' })
  @IsTokenName()
  name!: string;

  @ApiProperty({ enum: tokenScopes, isArray: true, description: 'Permissions; only those one holds' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @IsIn(tokenScopes, { each: true })
  scopes!: Permission[];

  @ApiProperty({ minimum: 1, maximum: MAX_DAYS })
  @IsInt()
  @Min(1)
  @Max(MAX_DAYS)
  expiresInDays!: number;

  @ApiPropertyOptional({
    ...TOKEN_PER_MINUTE,
    type: 'integer',
    nullable: true,
    description: 'Requests a minute through it, beside what one may send oneself; null or absent limits nothing more',
  })
  @IsOptional()
  @IsTokenPerMinute()
  perMinute?: number | null;

  @ApiPropertyOptional({
    type: TokenPlaces,
    nullable: true,
    description: 'Where alone it is good: only scopes of places go with that; null or absent is wherever one may do something oneself',
  })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => TokenPlaces)
  places?: TokenPlaces | null;
}

export class OwnTokenResponse implements OwnToken {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ type: [String] })
  scopes!: readonly string[];
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'To the minute; null while it was never used' })
  lastUsedAt!: string | null;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Requests a minute through it; null where only those of its owner are limited',
  })
  perMinute!: number | null;
  @ApiProperty({
    type: TokenPlaces,
    nullable: true,
    description: 'Where alone it is good; null where that is wherever its owner may do something',
  })
  places!: TokenPlaces | null;
  @ApiProperty({ type: TokenUsageResponse })
  usage!: TokenUsageResponse;
}

export class MadeTokenResponse extends OwnTokenResponse {
  @ApiProperty({ description: 'Shown this once', pattern: '^berth_pat_[A-Za-z0-9_-]{43}$' })
  token!: string;
}

export class OwnTokenList {
  @ApiProperty({ type: [OwnTokenResponse] })
  data!: readonly OwnTokenResponse[];
}

class TokenOwnerResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  displayName!: string;
}

export class TokenOfSomebodyResponse extends OwnTokenResponse implements TokenOfSomebody {
  @ApiProperty({ type: TokenOwnerResponse })
  owner!: TokenOwnerResponse;
}

export class TokenPage {
  @ApiProperty({ type: [TokenOfSomebodyResponse] })
  data!: readonly TokenOfSomebodyResponse[];
  @ApiProperty({ type: PageEndResponse })
  page!: PageEndResponse;
}

import { type Permission, tokenScopes } from '@berth/contracts';
import { IsPlainText, PageEndResponse } from '@berth/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsInt, IsString, Length, Max, Min } from 'class-validator';
import type { OwnToken, TokenOfSomebody } from './token.queries';

const MAX_DAYS = 366;

export class MakeTokenRequest {
  @ApiProperty({ minLength: 1, maxLength: 100, description: 'What it is for' })
  @IsString()
  @Length(1, 100)
  @IsPlainText()
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

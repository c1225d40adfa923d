import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDefined, IsObject, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';

const P256DH = '^[A-Za-z0-9_-]{87}=?$';
const AUTH = '^[A-Za-z0-9_-]{22}(==)?$';

export class PushKeysRequest {
  @ApiProperty({ pattern: P256DH, description: 'Public key of the browser: 65 bytes, base64url' })
  @IsString()
  @Matches(new RegExp(P256DH))
  p256dh!: string;
  @ApiProperty({ pattern: AUTH, description: 'Secret of the browser: 16 bytes, base64url' })
  @IsString()
  @Matches(new RegExp(AUTH))
  auth!: string;
}

/** What `PushSubscription.toJSON()` of a browser gives. */
export class PushSubscriptionRequest {
  @ApiProperty({ pattern: '^https?://', maxLength: 1000 })
  @IsString()
  @MaxLength(1000)
  @Matches(/^https?:\/\/[^\s\p{Cc}]+$/u)
  endpoint!: string;
  @ApiProperty({ type: PushKeysRequest })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => PushKeysRequest)
  keys!: PushKeysRequest;
}

export class PushSubscriptionResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ type: String, nullable: true })
  userAgent!: string | null;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  lastSentAt!: string | null;
}

export class PushSubscriptionsResponse {
  @ApiProperty({ type: [PushSubscriptionResponse] })
  data!: readonly PushSubscriptionResponse[];
}

export class PushKeyResponse {
  @ApiProperty({ description: 'VAPID public key: base64url, for `applicationServerKey`' })
  publicKey!: string;
}

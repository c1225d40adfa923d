import { IsPlainText } from '@berth/platform/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type {
  AuthenticationResponseJSON,
  AuthenticatorAssertionResponseJSON,
  AuthenticatorAttestationResponseJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  Equals,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import type { AddedPasskey } from './add-passkey';
import type { OwnPasskey } from './passkey.queries';

const BASE64URL = /^[A-Za-z0-9_-]+$/;
const NOT_BASE64URL = { message: 'takes base64url' };
const attachments = ['platform', 'cross-platform'] as const;

export class ClientAnswer {
  @ApiProperty({ pattern: BASE64URL.source, maxLength: 4000 })
  @Matches(BASE64URL, NOT_BASE64URL)
  @MaxLength(4000)
  clientDataJSON!: string;
}

export class AttestationAnswer extends ClientAnswer implements AuthenticatorAttestationResponseJSON {
  @ApiProperty({ pattern: BASE64URL.source, maxLength: 20_000 })
  @Matches(BASE64URL, NOT_BASE64URL)
  @MaxLength(20_000)
  attestationObject!: string;
  @ApiPropertyOptional({ maxLength: 20_000 })
  @IsOptional()
  @IsString()
  @MaxLength(20_000)
  authenticatorData?: string;
  @ApiPropertyOptional({ type: [String], maxItems: 10 })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @Matches(/^[a-z-]{1,30}$/, { each: true, message: 'takes names of transports' })
  transports?: string[];
  @ApiPropertyOptional()
  @IsOptional()
  @IsInt()
  publicKeyAlgorithm?: number;
  @ApiPropertyOptional({ maxLength: 20_000 })
  @IsOptional()
  @IsString()
  @MaxLength(20_000)
  publicKey?: string;
}

export class AssertionAnswer extends ClientAnswer implements AuthenticatorAssertionResponseJSON {
  @ApiProperty({ pattern: BASE64URL.source, maxLength: 4000 })
  @Matches(BASE64URL, NOT_BASE64URL)
  @MaxLength(4000)
  authenticatorData!: string;
  @ApiProperty({ pattern: BASE64URL.source, maxLength: 8000 })
  @Matches(BASE64URL, NOT_BASE64URL)
  @MaxLength(8000)
  signature!: string;
  @ApiPropertyOptional({ maxLength: 100 })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  userHandle?: string;
}

/** What `PublicKeyCredential.toJSON()` gives (WebAuthn Level 3 §5.1). */
export class CredentialAnswer {
  @ApiProperty({ pattern: BASE64URL.source, maxLength: 1400 })
  @Matches(BASE64URL, NOT_BASE64URL)
  @MaxLength(1400)
  id!: string;
  @ApiProperty({ pattern: BASE64URL.source, maxLength: 1400 })
  @Matches(BASE64URL, NOT_BASE64URL)
  @MaxLength(1400)
  rawId!: string;
  @ApiProperty({ enum: ['public-key'] })
  @Equals('public-key')
  type!: 'public-key';
  @ApiPropertyOptional({ enum: attachments })
  @IsOptional()
  @IsIn(attachments)
  authenticatorAttachment?: (typeof attachments)[number];
  @ApiProperty({ type: 'object', additionalProperties: true })
  @IsObject()
  clientExtensionResults!: Record<string, never>;
}

export class NewCredential extends CredentialAnswer implements RegistrationResponseJSON {
  @ApiProperty({ type: AttestationAnswer })
  @IsObject()
  @ValidateNested()
  @Type(() => AttestationAnswer)
  response!: AttestationAnswer;
}

export class ShownCredential extends CredentialAnswer implements AuthenticationResponseJSON {
  @ApiProperty({ type: AssertionAnswer })
  @IsObject()
  @ValidateNested()
  @Type(() => AssertionAnswer)
  response!: AssertionAnswer;
}

export class PasskeyNameRequest {
  @ApiProperty({ maxLength: 100, description: 'What the person calls it' })
  @IsString()
  @Length(1, 100)
  @IsPlainText()
  name!: string;
}

export class NewPasskeyRequest extends PasskeyNameRequest {
  @ApiProperty({ type: NewCredential })
  @IsObject()
  @ValidateNested()
  @Type(() => NewCredential)
  credential!: NewCredential;
}

export class PasskeyEnrolmentRequest extends NewPasskeyRequest {
  @ApiProperty({ description: 'From `second-factor-enrolment-required`' })
  @IsString()
  @Length(1, 2048)
  mfaToken!: string;
}

export class PasskeySignInRequest {
  @ApiProperty({ type: ShownCredential })
  @IsObject()
  @ValidateNested()
  @Type(() => ShownCredential)
  credential!: ShownCredential;
}

export class PasskeySecondStepRequest extends PasskeySignInRequest {
  @ApiProperty({ description: 'From `second-factor-required`' })
  @IsString()
  @Length(1, 2048)
  mfaToken!: string;
  @ApiPropertyOptional({ description: 'Asks for no second factor in this browser for 30 days' })
  @IsOptional()
  @IsBoolean()
  trustsBrowser?: boolean;
}

export class OwnPasskeyResponse implements OwnPasskey {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastUsedAt!: string | null;
  @ApiProperty({ description: 'A copy is kept somewhere, as synchronised passkeys are' })
  backedUp!: boolean;
  @ApiProperty({ description: 'False for one that was made for another address of this installation' })
  usable!: boolean;
}

export class OwnPasskeyList {
  @ApiProperty({ type: [OwnPasskeyResponse] })
  data!: readonly OwnPasskeyResponse[];
  @ApiProperty({ description: 'Browsers make passkeys for the address people reach Berth at' })
  available!: boolean;
}

export class AddedPasskeyResponse implements AddedPasskey {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ type: [String], nullable: true, description: 'Shown this once, with the first second factor; each stands in for it once' })
  recoveryCodes!: readonly string[] | null;
}

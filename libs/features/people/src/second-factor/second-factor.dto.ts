import { IsPlainText } from '@berth/platform/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import type { SecondFactorPolicy } from './require-of-roles';
import type { SecondFactorStanding } from './second-factor-standing.queries';
import type { SecondFactorState } from './second-factor.queries';

const TOKEN_MAX = 2048;
const SIX_DIGITS = /^\d{6}$/;

export class OwnPasswordRequest {
  @ApiProperty()
  @IsString()
  @Length(0, 1024)
  password!: string;
}

export class FirstCodeRequest {
  @ApiProperty({ pattern: SIX_DIGITS.source, description: 'What the app shows' })
  @Matches(SIX_DIGITS, { message: 'takes six digits' })
  code!: string;
}

export class EnrolmentRequest {
  @ApiProperty({ description: 'From `second-factor-enrolment-required`' })
  @IsString()
  @Length(1, TOKEN_MAX)
  mfaToken!: string;
}

export class EnrolmentCodeRequest extends EnrolmentRequest {
  @ApiProperty({ pattern: SIX_DIGITS.source, description: 'What the app shows' })
  @Matches(SIX_DIGITS, { message: 'takes six digits' })
  code!: string;
}

export class SecondFactorRequest {
  @ApiProperty({ description: 'From `second-factor-required`' })
  @IsString()
  @Length(1, TOKEN_MAX)
  mfaToken!: string;
  @ApiPropertyOptional({ enum: ['totp', 'recovery-code'], default: 'totp' })
  @IsOptional()
  @IsIn(['totp', 'recovery-code'])
  method?: 'totp' | 'recovery-code';
  @ApiProperty({ maxLength: 64 })
  @IsString()
  @Length(1, 64)
  code!: string;
  @ApiPropertyOptional({ description: 'Asks for no second factor in this browser for 30 days' })
  @IsOptional()
  @IsBoolean()
  trustsBrowser?: boolean;
}

export class NewSecretResponse {
  @ApiProperty({ description: 'Base 32, to type in' })
  secret!: string;
  @ApiProperty({ description: '`otpauth://…`, as a QR code says it' })
  uri!: string;
}

export class RecoveryCodesResponse {
  @ApiProperty({ type: [String], description: 'Shown this once; each stands in for the second factor once' })
  recoveryCodes!: readonly string[];
}

export class SecondFactorStateResponse implements SecondFactorState {
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Null while no codes are asked for' })
  enabledAt!: string | null;
  @ApiProperty({ description: 'Too many wrong codes in a row: only a recovery code is taken' })
  locked!: boolean;
  @ApiProperty({ description: 'Passkeys, which count as a second factor too' })
  passkeys!: number;
  @ApiProperty()
  recoveryCodesLeft!: number;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  recoveryCodesAt!: string | null;
  @ApiProperty({ description: 'One’s role must have a second factor' })
  required!: boolean;
}

export class ResetSecondFactorRequest {
  @ApiProperty({ maxLength: 500, description: 'Goes to the person and into the log' })
  @IsString()
  @Length(1, 500)
  @IsPlainText()
  reason!: string;
}

export class RoleStandingResponse {
  @ApiProperty({ description: 'Built-in ones by name, others by id' })
  roleId!: string;
  @ApiProperty()
  people!: number;
  @ApiProperty({ description: 'Those of them without a second factor' })
  without!: number;
}

export class SecondFactorStandingResponse implements SecondFactorStanding {
  @ApiProperty({ description: 'Active people' })
  people!: number;
  @ApiProperty({ description: 'Those of them without a second factor' })
  without!: number;
  @ApiProperty({ type: [RoleStandingResponse], description: 'Roles somebody has' })
  roles!: readonly RoleStandingResponse[];
}

export class SecondFactorPolicyRequest {
  @ApiProperty({ type: [String], description: 'Roles whose people must have a second factor' })
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @Length(1, 100, { each: true })
  roles!: string[];
}

export class SecondFactorPolicyResponse implements SecondFactorPolicy {
  @ApiProperty({ type: [String], description: 'Roles whose people must have a second factor' })
  roles!: readonly string[];
  @ApiProperty({ description: 'Of all settings of the organization' })
  version!: number;
}

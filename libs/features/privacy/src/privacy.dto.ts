import { IsPlainText } from '@berth/platform/http';
import { LeavingReservationResponse } from '@berth/reservations';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, IsUUID, Length, MaxLength } from 'class-validator';
import type { PrivacyRules, PrivacyRulesSeen } from './change-privacy-rules';
import type { Erasure } from './erase-person';
import type { PersonalData } from './export.queries';
import type { PersonalExport } from './exports.queries';

const rowSchema = { type: 'object', additionalProperties: true } as const;
const choices = ['cancel', 'transfer'] as const;
const jobStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;

export class PrivacyRulesRequest implements PrivacyRules {
  @ApiProperty({ description: 'People may erase themselves, without asking who looks after people' })
  @IsBoolean()
  mayEraseOneself!: boolean;
}

export class PrivacyRulesResponse implements PrivacyRulesSeen {
  @ApiProperty({ description: 'People may erase themselves, without asking who looks after people' })
  mayEraseOneself!: boolean;
  @ApiProperty({ description: 'Of all settings of the organization' })
  version!: number;
}

export class OwnPasswordRequest {
  @ApiProperty({ maxLength: 1000, description: 'One’s own password once more; anything where the account has none' })
  @IsString()
  @MaxLength(1000)
  password!: string;
}

export class EraseRequest {
  @ApiProperty({ enum: choices, description: 'What becomes of the reservations that are not over' })
  @IsIn(choices)
  reservations!: (typeof choices)[number];

  @ApiPropertyOptional({ format: 'uuid', description: 'Who gets them; needed for `transfer`' })
  @IsOptional()
  @IsUUID()
  to?: string;

  @ApiPropertyOptional({ maxLength: 500, description: 'Why, for the log; it must not name the person' })
  @IsOptional()
  @IsString()
  @Length(1, 500)
  @IsPlainText()
  reason?: string;
}

class LeavingResponse {
  @ApiProperty()
  total!: number;
  @ApiProperty({ type: [LeavingReservationResponse] })
  reservations!: readonly LeavingReservationResponse[];
}

export class ErasureResponse implements Erasure {
  @ApiProperty({ description: 'Reservations that stay, as nobody’s' })
  anonymous!: number;
  @ApiProperty({ type: LeavingResponse, description: 'What becomes of those that are not over' })
  leaving!: LeavingResponse;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, description: 'Rows there were of the person, by kind' })
  found!: Readonly<Record<string, number>>;
}

export class PersonalExportResponse implements PersonalExport {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ format: 'uuid', description: 'Whose data it is' })
  personId!: string;
  @ApiProperty()
  personName!: string;
  @ApiProperty({ enum: jobStates })
  state!: PersonalExport['state'];
  @ApiProperty({ format: 'date-time' })
  askedAt!: string;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Until when it can be fetched; null while it is not ready',
  })
  availableUntil!: string | null;
}

export class PersonalExportList {
  @ApiProperty({ type: [PersonalExportResponse] })
  data!: readonly PersonalExportResponse[];
}

export class PersonalDataResponse implements PersonalData {
  @ApiProperty({ format: 'date-time' })
  exportedAt!: string;
  @ApiProperty(rowSchema)
  account!: Readonly<Record<string, unknown>>;
  @ApiProperty({ type: 'array', items: rowSchema, description: 'What they did and what was done to their account, latest first' })
  activity!: readonly Readonly<Record<string, unknown>>[];
  @ApiProperty({ type: [String], description: 'Parts that have more than the export takes' })
  shortened!: readonly string[];
  @ApiProperty({ type: 'object', additionalProperties: { type: 'array', items: rowSchema }, description: 'Rows by kind' })
  data!: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
}

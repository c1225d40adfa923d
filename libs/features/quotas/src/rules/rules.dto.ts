import { IsInstant, IsPlainText } from '@berth/platform/http';
import { QUOTA_HOLDERS, QUOTA_MEASURES, QUOTA_OBJECTS, QUOTA_WINDOWS, type QuotaMeasure, type QuotaWindow } from '@berth/scheduling';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDefined, IsIn, IsInt, IsString, IsUUID, Length, Matches, Max, Min, ValidateIf, ValidateNested } from 'class-validator';
import type { ExceptionSeen, OwnQuota, QuotaRuleSeen, RuleUsage, RuleUse, Simulation } from './rules.queries';
import type { QuotaRule } from './quota-rule';

const LIMIT = {
  minimum: 0,
  maximum: 1_000_000,
  description: 'Minutes of `time`, reservations of `count`, units at once of `concurrent`, days of `ahead`',
};

export class QuotaWhoDto {
  @ApiProperty({ enum: QUOTA_HOLDERS })
  @IsIn(QUOTA_HOLDERS)
  kind!: (typeof QUOTA_HOLDERS)[number];

  @ApiProperty({
    type: String,
    nullable: true,
    maxLength: 60,
    description: 'A person, a group, or a role: the key of a built-in one or an id; null for everyone',
  })
  @ValidateIf((it: QuotaWhoDto) => it.id !== null)
  @IsString()
  @Matches(/^[a-z0-9-]{1,60}$/i)
  id!: string | null;
}

export class QuotaWhatDto {
  @ApiProperty({ enum: QUOTA_OBJECTS })
  @IsIn(QUOTA_OBJECTS)
  kind!: (typeof QUOTA_OBJECTS)[number];

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'A type, a site or a resource; null for everything' })
  @ValidateIf((it: QuotaWhatDto) => it.id !== null)
  @IsUUID()
  id!: string | null;
}

export class QuotaRuleRequest {
  @ApiProperty({ minLength: 1, maxLength: 100 })
  @IsString()
  @Length(1, 100)
  @IsPlainText()
  name!: string;

  @ApiProperty({ type: QuotaWhoDto, description: 'Whose; each of them by themselves' })
  @IsDefined()
  @ValidateNested()
  @Type(() => QuotaWhoDto)
  who!: QuotaWhoDto;

  @ApiProperty({ type: QuotaWhatDto })
  @IsDefined()
  @ValidateNested()
  @Type(() => QuotaWhatDto)
  what!: QuotaWhatDto;

  @ApiProperty({ enum: QUOTA_MEASURES })
  @IsIn(QUOTA_MEASURES)
  measure!: QuotaMeasure;

  @ApiProperty({
    enum: QUOTA_WINDOWS,
    nullable: true,
    type: String,
    description: 'For `time` and `count`, by the calendar of the resource; else null',
  })
  @ValidateIf((it: QuotaRuleRequest) => it.window !== null)
  @IsIn(QUOTA_WINDOWS)
  window!: QuotaWindow | null;

  @ApiProperty(LIMIT)
  @IsInt()
  @Min(LIMIT.minimum)
  @Max(LIMIT.maximum)
  limit!: number;
}

export class ChangeQuotaRuleRequest {
  @ApiPropertyOptional({ minLength: 1, maxLength: 100 })
  @ValidateIf((it: ChangeQuotaRuleRequest) => it.name !== undefined)
  @IsString()
  @Length(1, 100)
  @IsPlainText()
  name?: string;

  @ApiPropertyOptional({ type: QuotaWhoDto })
  @ValidateIf((it: ChangeQuotaRuleRequest) => it.who !== undefined)
  @IsDefined()
  @ValidateNested()
  @Type(() => QuotaWhoDto)
  who?: QuotaWhoDto;

  @ApiPropertyOptional({ type: QuotaWhatDto })
  @ValidateIf((it: ChangeQuotaRuleRequest) => it.what !== undefined)
  @IsDefined()
  @ValidateNested()
  @Type(() => QuotaWhatDto)
  what?: QuotaWhatDto;

  @ApiPropertyOptional({ enum: QUOTA_MEASURES })
  @ValidateIf((it: ChangeQuotaRuleRequest) => it.measure !== undefined)
  @IsIn(QUOTA_MEASURES)
  measure?: QuotaMeasure;

  @ApiPropertyOptional({ enum: QUOTA_WINDOWS, nullable: true, type: String })
  @ValidateIf((it: ChangeQuotaRuleRequest) => it.window !== undefined && it.window !== null)
  @IsIn(QUOTA_WINDOWS)
  window?: QuotaWindow | null;

  @ApiPropertyOptional(LIMIT)
  @ValidateIf((it: ChangeQuotaRuleRequest) => it.limit !== undefined)
  @IsInt()
  @Min(LIMIT.minimum)
  @Max(LIMIT.maximum)
  limit?: number;
}

export class QuotaExceptionRequest {
  @ApiProperty({
    type: 'integer',
    minimum: 0,
    maximum: 1_000_000,
    nullable: true,
    description: 'Instead of that of the rule; null is without limit',
  })
  @ValidateIf((it: QuotaExceptionRequest) => it.limit !== null)
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  limit!: number | null;

  @ApiProperty({ format: 'date-time', description: 'When it ends' })
  @IsInstant()
  until!: string;
}

export class QuotaRuleResponse implements QuotaRule {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ type: QuotaWhoDto })
  who!: QuotaWhoDto;
  @ApiProperty({ type: QuotaWhatDto })
  what!: QuotaWhatDto;
  @ApiProperty({ enum: QUOTA_MEASURES })
  measure!: QuotaMeasure;
  @ApiProperty({ enum: QUOTA_WINDOWS, nullable: true, type: String })
  window!: QuotaWindow | null;
  @ApiProperty(LIMIT)
  limit!: number;
  @ApiProperty({ type: String, nullable: true, description: 'Of a built-in role its key' })
  whoName!: string | null;
  @ApiProperty({ type: String, nullable: true })
  whatName!: string | null;
  @ApiProperty()
  version!: number;
}

class MostUsedResponse {
  @ApiProperty()
  displayName!: string;
  @ApiProperty()
  used!: number;
}

export class QuotaRuleSeenResponse extends QuotaRuleResponse implements QuotaRuleSeen {
  @ApiProperty({ type: MostUsedResponse, nullable: true, description: 'Who has most of it at present' })
  most!: MostUsedResponse | null;
  @ApiProperty({ description: 'How many use anything of it at present' })
  using!: number;
  @ApiProperty({ description: 'How many are at the end of it' })
  atLimit!: number;
}

export class QuotaRuleList {
  @ApiProperty({ type: [QuotaRuleSeenResponse] })
  data!: readonly QuotaRuleSeenResponse[];
}

export class RuleUseResponse implements RuleUse {
  @ApiProperty({ format: 'uuid' })
  accountId!: string;
  @ApiProperty()
  displayName!: string;
  @ApiProperty()
  used!: number;
  @ApiProperty({ type: 'integer', nullable: true, description: 'null where an exception lifts it' })
  limit!: number | null;
}

export class ExceptionSeenResponse implements ExceptionSeen {
  @ApiProperty({ format: 'uuid' })
  accountId!: string;
  @ApiProperty()
  displayName!: string;
  @ApiProperty({ type: 'integer', nullable: true })
  limit!: number | null;
  @ApiProperty({ format: 'date-time' })
  until!: string;
}

export class RuleUsageResponse implements RuleUsage {
  @ApiProperty({ description: 'What If-Match names where an exception is written' })
  ruleVersion!: number;
  @ApiProperty({ type: [RuleUseResponse], description: 'Most of their limit first; 50 at most' })
  people!: readonly RuleUseResponse[];
  @ApiProperty({ type: [ExceptionSeenResponse] })
  exceptions!: readonly ExceptionSeenResponse[];
}

export class OwnQuotaResponse implements OwnQuota {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ type: QuotaWhatDto })
  what!: QuotaWhatDto;
  @ApiProperty({ type: String, nullable: true })
  whatName!: string | null;
  @ApiProperty({ enum: QUOTA_MEASURES })
  measure!: QuotaMeasure;
  @ApiProperty({ enum: QUOTA_WINDOWS, nullable: true, type: String })
  window!: QuotaWindow | null;
  @ApiProperty()
  used!: number;
  @ApiProperty({ type: 'integer', nullable: true, description: 'null where an exception lifts it' })
  limit!: number | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When there is more again' })
  freesAt!: string | null;
}

export class OwnQuotaList {
  @ApiProperty({ type: [OwnQuotaResponse], description: 'Nearest their end first' })
  data!: readonly OwnQuotaResponse[];
}

class SimulatedRefusal {
  @ApiProperty()
  displayName!: string;
  @ApiProperty({ format: 'date-time' })
  start!: string;
  @ApiProperty({ format: 'date-time' })
  end!: string;
  @ApiProperty()
  used!: number;
  @ApiProperty()
  limit!: number;
}

export class SimulationResponse implements Simulation {
  @ApiProperty({ description: 'How many days back' })
  days!: number;
  @ApiProperty({ description: 'Reservations that were booked then' })
  looked!: number;
  @ApiProperty({ description: 'How many of them it would have refused' })
  refused!: number;
  @ApiProperty({ description: 'To how many people' })
  people!: number;
  @ApiProperty({ type: [SimulatedRefusal] })
  examples!: readonly SimulatedRefusal[];
}

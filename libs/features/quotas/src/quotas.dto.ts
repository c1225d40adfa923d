import { IsPlainText, PageEndResponse } from '@berth/platform/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, IsString, IsUUID, Length, Max, Min, ValidateIf } from 'class-validator';

const PER_MINUTE = { minimum: 10, maximum: 1_000_000 };
const PER_DAY = { minimum: 10, maximum: 1_000_000_000 };

export class AddTierRequest {
  @ApiProperty({ minLength: 1, maxLength: 60 })
  @IsString()
  @Length(1, 60)
  @IsPlainText()
  name!: string;

  @ApiProperty(PER_MINUTE)
  @IsInt()
  @Min(PER_MINUTE.minimum)
  @Max(PER_MINUTE.maximum)
  perMinute!: number;

  @ApiPropertyOptional({
    ...PER_DAY,
    type: 'integer',
    nullable: true,
    description: 'From midnight to midnight UTC; null or absent is without a daily limit',
  })
  @IsOptional()
  @IsInt()
  @Min(PER_DAY.minimum)
  @Max(PER_DAY.maximum)
  perDay?: number | null;
}

export class ChangeTierRequest {
  @ApiPropertyOptional({ minLength: 1, maxLength: 60 })
  @ValidateIf((it: ChangeTierRequest) => it.name !== undefined)
  @IsString()
  @Length(1, 60)
  @IsPlainText()
  name?: string;

  @ApiPropertyOptional(PER_MINUTE)
  @ValidateIf((it: ChangeTierRequest) => it.perMinute !== undefined)
  @IsInt()
  @Min(PER_MINUTE.minimum)
  @Max(PER_MINUTE.maximum)
  perMinute?: number;

  @ApiPropertyOptional({ ...PER_DAY, type: 'integer', nullable: true })
  @IsOptional()
  @IsInt()
  @Min(PER_DAY.minimum)
  @Max(PER_DAY.maximum)
  perDay?: number | null;
}

export class GiveTierRequest {
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'null gives the default back' })
  @ValidateIf((it: GiveTierRequest) => it.tierId !== null)
  @IsUUID()
  tierId!: string | null;
}

export class TierResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ description: 'All of them may come at once; they flow back evenly' })
  perMinute!: number;
  @ApiProperty({ type: 'integer', nullable: true, description: 'From midnight to midnight UTC' })
  perDay!: number | null;
  @ApiProperty({ description: 'The tier of all who were given no other' })
  isDefault!: boolean;
  @ApiProperty()
  version!: number;
}

export class CountedTierResponse extends TierResponse {
  @ApiProperty({ description: 'How many were given it' })
  people!: number;
}

export class QuotaConfigResponse {
  @ApiProperty({ description: 'Requests a minute from one address nobody signed in from' })
  addressPerMinute!: number;
  @ApiProperty({ type: [CountedTierResponse] })
  tiers!: readonly CountedTierResponse[];
}

export class UsageResponse {
  @ApiProperty({ description: 'Name of the tier' })
  tier!: string;
  @ApiProperty()
  perMinute!: number;
  @ApiProperty({ type: 'integer', nullable: true })
  perDay!: number | null;
  @ApiProperty({ description: 'Since midnight UTC; requests set aside for the person count' })
  usedToday!: number;
  @ApiProperty({ format: 'date-time' })
  resetsAt!: string;
}

export class PersonUsageResponse extends UsageResponse {
  @ApiProperty({ format: 'uuid' })
  accountId!: string;
  @ApiProperty()
  displayName!: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'null is the default tier' })
  tierId!: string | null;
  @ApiProperty({ description: 'Of the person: what If-Match names where they are given a tier' })
  version!: number;
}

export class PersonUsagePage {
  @ApiProperty({ type: [PersonUsageResponse] })
  data!: readonly PersonUsageResponse[];
  @ApiProperty({ type: PageEndResponse })
  page!: PageEndResponse;
}

export class QuotaAlertResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ enum: ['quota.warning', 'quota.exceeded'] })
  type!: string;
  @ApiProperty({ format: 'date-time' })
  at!: string;
  @ApiProperty({ format: 'uuid' })
  accountId!: string;
  @ApiProperty()
  displayName!: string;
  @ApiProperty()
  used!: number;
  @ApiProperty()
  limit!: number;
}

export class QuotaAlertsResponse {
  @ApiProperty({ type: [QuotaAlertResponse] })
  data!: readonly QuotaAlertResponse[];
}

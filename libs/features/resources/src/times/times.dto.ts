import { IsReference } from '@berth/places';
import { IsInstant, IsPlainText, IsTimeZone, ListQuery, PageEndResponse } from '@berth/platform/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsArray, IsObject, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { limits } from '../catalogue/resource-limits';
import { RuleSource } from '../catalogue/resources.dto';

export class OpenTimeDto {
  @ApiProperty({ example: '08:00', pattern: '^\\d{2}:\\d{2}$' })
  opens!: string;
  @ApiProperty({ example: '20:00', pattern: '^\\d{2}:\\d{2}$', description: 'At or before `opens` it is the next day; 24:00 is midnight' })
  closes!: string;
}

export class DayHoursDto {
  @ApiProperty({ minimum: 1, maximum: 7, description: '1 is Monday' })
  weekday!: 1 | 2 | 3 | 4 | 5 | 6 | 7;
  @ApiProperty({ type: [OpenTimeDto] })
  intervals!: readonly OpenTimeDto[];
}

export class HoursExceptionDto {
  @ApiProperty({ format: 'date' })
  date!: string;
  @ApiPropertyOptional({ type: Boolean, description: 'true instead of intervals' })
  closed?: true;
  @ApiPropertyOptional({ type: [OpenTimeDto] })
  intervals?: readonly OpenTimeDto[];
  @ApiPropertyOptional()
  reason?: string;
}

/** What is in the lists is read by the rules that use it, which say more exactly what is wrong. */
export class BusinessHoursRequest {
  @ApiProperty({ type: [DayHoursDto], maxItems: 7, description: 'A weekday that is left out is closed; no line at all is always open' })
  @IsArray()
  days!: unknown[];

  @ApiPropertyOptional({ type: [HoursExceptionDto], description: 'Dates that differ' })
  @IsOptional()
  @IsArray()
  exceptions?: unknown[];
}

export class BusinessHoursResponse {
  @ApiProperty({ type: [DayHoursDto] })
  days!: readonly DayHoursDto[];
  @ApiProperty({ type: [HoursExceptionDto] })
  exceptions!: readonly HoursExceptionDto[];
  @ApiProperty({ description: 'IANA zone the times are in' })
  timeZone!: string;
  @ApiProperty({ type: RuleSource, description: 'Where they were set; level `default` where nobody did' })
  source!: RuleSource;
  @ApiProperty({
    description: 'What If-Match names where they are set here: of the resource, of the site, or of all settings of the organization',
  })
  settingsVersion!: number;
}

/** Which hours or blackouts are meant. */
export class SiteScopeQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'Of this site; of the organization where it is left out' })
  @IsOptional()
  @IsReference()
  siteId?: string;
}

export class BlackoutQuery extends ListQuery {
  @ApiPropertyOptional({ format: 'date-time', description: 'Those that end after it; now where it is left out' })
  @IsOptional()
  @IsInstant()
  from?: string;
}

export class SiteBlackoutQuery extends BlackoutQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'Of this site and the organization; of the organization alone where it is left out' })
  @IsOptional()
  @IsReference()
  siteId?: string;
}

/** When a blackout comes again, by the clock on the wall. */
export class BlackoutRecurrenceRequest {
  @ApiProperty({
    maxLength: 1000,
    description:
      'RFC 5545 RRULE of FREQ DAILY, WEEKLY, MONTHLY or YEARLY with INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, WKST; COUNT up to 366 or UNTIL up to ten years after the start; with neither it goes on',
    examples: ['FREQ=WEEKLY;BYDAY=MO'],
  })
  @IsString()
  @MaxLength(1000)
  rrule!: string;

  @ApiPropertyOptional({ description: 'IANA zone of the clock; that of the resource, site or organization where it is left out' })
  @IsOptional()
  @IsTimeZone()
  timeZone?: string;
}

export class AddBlackoutRequest {
  @ApiProperty({ format: 'date-time' })
  @IsInstant()
  start!: string;

  @ApiProperty({ format: 'date-time' })
  @IsInstant()
  end!: string;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: limits.reason })
  @IsOptional()
  @IsString()
  @MaxLength(limits.reason)
  @IsPlainText()
  reason?: string | null;

  @ApiPropertyOptional({ type: BlackoutRecurrenceRequest, description: '`start` and `end` are those of the first time' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => BlackoutRecurrenceRequest)
  recurrence?: BlackoutRecurrenceRequest;
}

export class BlackoutRecurrenceResponse {
  @ApiProperty({ description: 'RFC 5545 §3.3.10' })
  rrule!: string;
  @ApiProperty({ description: 'What the clock of `timeZone` shows at the first' })
  localStart!: string;
  @ApiProperty()
  timeZone!: string;
}

export class BlackoutResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ format: 'date-time' })
  start!: string;
  @ApiProperty({ format: 'date-time' })
  end!: string;
  @ApiProperty({ type: String, nullable: true })
  reason!: string | null;
  @ApiProperty({
    type: BlackoutRecurrenceResponse,
    nullable: true,
    description: 'When it comes again; start and end are those of its first time',
  })
  recurrence!: BlackoutRecurrenceResponse | null;
  @ApiProperty({ type: RuleSource, description: 'What it was set for' })
  source!: RuleSource;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class AffectedReservation {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ format: 'date-time' })
  start!: string;
  @ApiProperty({ format: 'date-time' })
  end!: string;
}

export class AffectedReservations {
  @ApiProperty({ type: [AffectedReservation], description: 'The first 20 of them' })
  reservations!: readonly AffectedReservation[];
  @ApiProperty()
  total!: number;
}

export class NewBlackoutResponse extends BlackoutResponse {
  @ApiProperty({ type: AffectedReservations, description: 'Reservations within it; they stay' })
  affected!: AffectedReservations;
}

export class BlackoutPage {
  @ApiProperty({ type: [BlackoutResponse] })
  data!: readonly BlackoutResponse[];
  @ApiProperty({ type: PageEndResponse })
  page!: PageEndResponse;
}

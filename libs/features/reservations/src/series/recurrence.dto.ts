import { IsInstant } from '@berth/platform/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsOptional, IsString, IsUUID, MaxLength, ValidateIf } from 'class-validator';

const DATE = 'An instant, a local time of `timeZone` without offset, or a date';
const MAX_DATES = 366;

/** What recurs, by the clock on the wall of `timeZone`. */
export class RecurrenceRequest {
  @ApiProperty({
    maxLength: 1000,
    description:
      'RFC 5545 RRULE of FREQ DAILY, WEEKLY, MONTHLY or YEARLY with INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, WKST; COUNT up to 366 or UNTIL up to two years after the start; with neither it goes on, booked as far ahead as the resource may be',
    examples: ['FREQ=WEEKLY;COUNT=4'],
  })
  @IsString()
  @MaxLength(1000)
  rrule!: string;

  @ApiPropertyOptional({ type: [String], maxItems: MAX_DATES, description: `Dates of the rule that are left out. ${DATE}` })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_DATES)
  @IsString({ each: true })
  @MaxLength(40, { each: true })
  exdates?: string[];

  @ApiPropertyOptional({ type: [String], maxItems: MAX_DATES, description: `Dates besides those of the rule. ${DATE}` })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_DATES)
  @IsString({ each: true })
  @MaxLength(40, { each: true })
  rdates?: string[];
}

/** What is done about one occurrence that cannot be had as the rule has it. */
export class ResolutionRequest {
  @ApiProperty({ format: 'date-time', description: 'The start the rule gives the occurrence' })
  @IsInstant()
  recurrenceId!: string;

  @ApiProperty({
    enum: ['skip', 'resource', 'time', 'waitlist'],
    description: '`waitlist`: the date is skipped and waited for; when it is free and the offer is accepted, it is filled',
  })
  @IsIn(['skip', 'resource', 'time', 'waitlist'])
  use!: 'skip' | 'resource' | 'time' | 'waitlist';

  @ApiPropertyOptional({ format: 'uuid', description: 'With `resource`: in place of the only one it has' })
  @ValidateIf((it: ResolutionRequest) => it.use === 'resource' || it.resourceId !== undefined)
  @IsUUID('all')
  resourceId?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'With `time`' })
  @ValidateIf((it: ResolutionRequest) => it.use === 'time' || it.start !== undefined)
  @IsInstant()
  start?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'With `time`; the same length where left out' })
  @IsOptional()
  @IsInstant()
  end?: string;

  @ApiPropertyOptional({ default: false, description: 'With `waitlist`: book the date as soon as it is free, without asking' })
  @IsOptional()
  @IsBoolean()
  autoAccept?: boolean;
}

/** A choice made where a local time names no instant or two. */
export class ClockWarningResponse {
  @ApiProperty({ enum: ['nonexistent-local-time', 'ambiguous-local-time'] })
  code!: 'nonexistent-local-time' | 'ambiguous-local-time';
  @ApiProperty({ format: 'date-time' })
  recurrenceId!: string;
  @ApiProperty({ description: 'The wished reading of the clock' })
  local!: string;
  @ApiProperty({ format: 'date-time', description: 'What was taken: the first instant after a gap, the first of two' })
  start!: string;
}

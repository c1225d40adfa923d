import { IsInstant, IsPlainText } from '@berth/platform/http';
import { ApiPropertyOptional, ApiProperty, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, IsString, IsUUID, MaxLength, ValidateNested } from 'class-validator';
import { ReservationPatch } from '../reservations.dto';
import { RecurrenceRequest } from './recurrence.dto';

/** Which occurrences a change is about. */
export class ScopeQuery {
  @ApiPropertyOptional({ enum: ['this', 'following', 'all'], default: 'all' })
  @IsOptional()
  @IsIn(['this', 'following', 'all'])
  scope: 'this' | 'following' | 'all' = 'all';

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'The occurrence `this` and `following` begin with, by the start the rule gives it',
  })
  @IsOptional()
  @IsInstant()
  recurrenceId?: string;
}

/** What recurs, where only part of it changes. */
export class RecurrencePatch extends PickType(RecurrenceRequest, ['exdates', 'rdates']) {
  @ApiPropertyOptional({ maxLength: 1000 })
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  rrule?: string;
}

/** Merge patch (RFC 7396) of the occurrences that have not begun. */
export class SeriesPatch extends ReservationPatch {
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'New start of the occurrence named, or of the first; the others move as far by the clock',
  })
  @IsOptional()
  @IsInstant()
  start?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  @IsOptional()
  @IsInstant()
  end?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Another resource, in place of the only one it has' })
  @IsOptional()
  @IsUUID('all')
  resourceId?: string;

  @ApiPropertyOptional({ type: RecurrencePatch })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => RecurrencePatch)
  recurrence?: RecurrencePatch;

  @ApiPropertyOptional({ enum: ['fail', 'skip'], default: 'fail' })
  @IsOptional()
  @IsIn(['fail', 'skip'])
  onConflict?: 'fail' | 'skip';
}

export class SeriesCancelRequest {
  @ApiPropertyOptional({ maxLength: 500 })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  @IsPlainText()
  reason?: string;
}

/** An occurrence that was skipped and is booked now. */
export class FillRequest {
  @ApiProperty({ format: 'date-time', description: 'The start the rule gave it' })
  @IsInstant()
  recurrenceId!: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Another time than that of the series' })
  @IsOptional()
  @IsInstant()
  start?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  @IsOptional()
  @IsInstant()
  end?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Another resource than that of the series' })
  @IsOptional()
  @IsUUID('all')
  resourceId?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }], nullable: true },
    description: 'Answers to what the type of its resource asks, merged with those of the series; null takes one back',
  })
  @IsOptional()
  @IsObject()
  customFields?: Record<string, unknown>;
}

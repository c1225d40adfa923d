import { IsInstant, IsPlainText, IsTimeZone, ListQuery, ToBoolean, ToCommaList, ToList } from '@berth/platform/http';
import { RESERVATION_STATUSES } from '@berth/scheduling';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { RecurrenceRequest, ResolutionRequest } from './series/recurrence.dto';

const TITLE_MAX = 200;
const DESCRIPTION_MAX = 8000;
const INSTANT_OR_LOCAL = 'RFC 3339 with any offset, or a local time of `timeZone` without one';

/** The time and the resources something is asked of. */
export class HoldRequest {
  @ApiPropertyOptional({ format: 'uuid', description: 'One resource; or use `resourceIds`' })
  @ValidateIf((it: HoldRequest) => it.resourceIds === undefined)
  @IsUUID('all', { message: 'is not the id of a resource' })
  resourceId?: string;

  @ApiPropertyOptional({ type: [String], format: 'uuid', minItems: 1, maxItems: 20, description: 'Several resources: all of them or none' })
  @ValidateIf((it: HoldRequest) => it.resourceId === undefined || it.resourceIds !== undefined)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsUUID('all', { each: true })
  resourceIds?: string[];

  @ApiProperty({ description: INSTANT_OR_LOCAL, examples: ['2026-12-01T13:00:00Z'] })
  @IsString()
  @MaxLength(40)
  start!: string;

  @ApiProperty({ description: INSTANT_OR_LOCAL, examples: ['2026-12-01T14:00:00Z'] })
  @IsString()
  @MaxLength(40)
  end!: string;

  @ApiPropertyOptional({ description: 'IANA zone the organizer thinks in; the resource’s where left out' })
  @IsOptional()
  @IsTimeZone()
  timeZone?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 1000, default: 1, description: 'Units of each resource' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1000)
  quantity?: number;

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The person it is for; asks for `reservation:book-for`',
  })
  @IsOptional()
  @IsUUID('all')
  onBehalfOf?: string | null;
}

export class BookRequest extends HoldRequest {
  @ApiPropertyOptional({ type: String, maxLength: TITLE_MAX, nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(TITLE_MAX)
  @IsPlainText()
  title?: string | null;

  @ApiPropertyOptional({ type: String, maxLength: DESCRIPTION_MAX, nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(DESCRIPTION_MAX)
  @IsPlainText()
  description?: string | null;

  @ApiPropertyOptional({ description: 'Others see «Busy»' })
  @IsOptional()
  @IsBoolean()
  private?: boolean;

  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: 1_000_000, nullable: true, description: 'How many people come' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  attendees?: number | null;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }], nullable: true },
    description: 'Answers to what the types of the resources ask, by the key of the field',
  })
  @IsOptional()
  @IsObject()
  customFields?: Record<string, unknown>;

  @ApiPropertyOptional({ type: String, format: 'uuid', nullable: true, description: 'A hold of yours that becomes this reservation' })
  @IsOptional()
  @IsUUID('all')
  holdId?: string | null;

  @ApiPropertyOptional({
    type: () => RecurrenceRequest,
    nullable: true,
    description: 'Books a series: `start` and `end` are those of the first',
  })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => RecurrenceRequest)
  recurrence?: RecurrenceRequest | null;

  @ApiPropertyOptional({ enum: ['fail', 'skip'], default: 'fail', description: 'Of a series: what becomes of all when some cannot be had' })
  @IsOptional()
  @IsIn(['fail', 'skip'])
  onConflict?: 'fail' | 'skip';

  @ApiPropertyOptional({
    type: () => [ResolutionRequest],
    maxItems: 366,
    description: 'Of a series: what is done about single occurrences',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(366)
  @ArrayUnique((it: ResolutionRequest) => it.recurrenceId)
  @ValidateNested({ each: true })
  @Type(() => ResolutionRequest)
  resolutions?: ResolutionRequest[];
}

export class DryRunQuery {
  @ApiPropertyOptional({ description: 'Answers what would happen and changes nothing', default: false })
  @IsOptional()
  @ToBoolean()
  @IsBoolean()
  dryRun: boolean = false;
}

/** Merge patch (RFC 7396). */
export class ReservationPatch {
  @ApiPropertyOptional({ type: String, maxLength: TITLE_MAX, nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(TITLE_MAX)
  @IsPlainText()
  title?: string | null;

  @ApiPropertyOptional({ type: String, maxLength: DESCRIPTION_MAX, nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(DESCRIPTION_MAX)
  @IsPlainText()
  description?: string | null;

  @ApiPropertyOptional()
  @ValidateIf((it: ReservationPatch) => it.private !== undefined)
  @IsBoolean()
  private?: boolean;

  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: 1_000_000, nullable: true })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  attendees?: number | null;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }], nullable: true },
    description: 'Answers to what the types of the resources ask, by the key of the field; null takes one back',
  })
  @IsOptional()
  @IsObject()
  customFields?: Record<string, unknown>;
}

export class MoveRequest {
  @ApiPropertyOptional({ format: 'date-time', description: 'New start; alone, it moves the whole' })
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

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }], nullable: true },
    description: 'Answers to what the type of the other resource asks, merged with those there are; null takes one back',
  })
  @IsOptional()
  @IsObject()
  customFields?: Record<string, unknown>;
}

export class ExtendRequest {
  @ApiPropertyOptional({ format: 'date-time', description: 'New end; or use `minutes`' })
  @ValidateIf((it: ExtendRequest) => it.minutes === undefined)
  @IsInstant()
  end?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 43_200, description: 'Added to the end' })
  @ValidateIf((it: ExtendRequest) => it.end === undefined || it.minutes !== undefined)
  @IsInt()
  @Min(1)
  @Max(43_200)
  minutes?: number;
}

export class TransferRequest {
  @ApiProperty({ format: 'uuid', description: 'The person who has it afterwards' })
  @IsUUID('all')
  to!: string;
}

export class CancelRequest {
  @ApiPropertyOptional({ maxLength: 500 })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  @IsPlainText()
  reason?: string;

  @ApiPropertyOptional({ minimum: 0, maximum: 30, default: 0, description: 'The time stays blocked this long, so that it can be restored' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(30)
  undoSeconds?: number;
}

export class ReservationListQuery extends ListQuery {
  @ApiPropertyOptional({ type: [String], format: 'uuid', maxItems: 200 })
  @IsOptional()
  @ToList()
  @ArrayMaxSize(200)
  @IsUUID('all', { each: true })
  resource?: string[];

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID('all')
  siteId?: string;

  @ApiPropertyOptional({ description: 'Statuses parted by commas', type: String })
  @IsOptional()
  @ToCommaList()
  @IsIn(RESERVATION_STATUSES, { each: true })
  status?: string[];

  @ApiPropertyOptional({ description: '`me` or the id of a person' })
  @IsOptional()
  @Matches(/^(me|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i, { message: 'is neither me nor an id' })
  organizer?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Only what ends after' })
  @IsOptional()
  @IsInstant()
  from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Only what starts before' })
  @IsOptional()
  @IsInstant()
  to?: string;

  @ApiPropertyOptional({ description: 'Part of a title' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  q?: string;

  @ApiPropertyOptional({ enum: ['start', '-start'], default: 'start' })
  @IsOptional()
  @IsIn(['start', '-start'])
  sort: 'start' | '-start' = 'start';
}

export class MyReservationsQuery extends ListQuery {
  @ApiPropertyOptional({ enum: ['upcoming', 'past', 'cancelled', 'all'], default: 'upcoming' })
  @IsOptional()
  @IsIn(['upcoming', 'past', 'cancelled', 'all'])
  scope: 'upcoming' | 'past' | 'cancelled' | 'all' = 'upcoming';
}

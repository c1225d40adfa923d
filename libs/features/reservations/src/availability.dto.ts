import { IsInstant, ToList } from '@berth/platform/http';
import { ApiExtraModels, ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsUUID } from 'class-validator';
import { ClockWarningResponse } from './series/recurrence.dto';

export class AvailabilityGridQuery {
  @ApiProperty({ format: 'date-time' })
  @IsInstant()
  from!: string;

  @ApiProperty({ format: 'date-time' })
  @IsInstant()
  to!: string;

  @ApiProperty({ type: [String], format: 'uuid', maxItems: 200 })
  @ToList()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsUUID('all', { each: true })
  resource!: string[];
}

export class BlackoutSpan {
  @ApiProperty()
  start!: number;
  @ApiProperty()
  end!: number;
  @ApiProperty({ type: String, nullable: true })
  reason!: string | null;
}

export class AssignedSpan {
  @ApiProperty()
  start!: number;
  @ApiProperty()
  end!: number;
  @ApiProperty({ type: String, nullable: true, description: 'Whose it is; null where the caller may not know' })
  person!: string | null;
}

const numbers = { type: 'array', items: { type: 'number' } } as const;
const texts = { type: 'array', items: { type: 'string' } } as const;
const textsOrNull = { type: 'array', items: { type: 'string', nullable: true } } as const;

/** One list a column. */
export class BarsResponse {
  @ApiProperty(texts)
  id!: string[];
  @ApiProperty({ ...numbers, description: 'Index into `resources`' })
  resource!: number[];
  @ApiProperty({ ...numbers, description: 'Index into `others` where a whole or part was booked that shares the time; -1 for itself' })
  through!: number[];
  @ApiProperty(numbers)
  start!: number[];
  @ApiProperty(numbers)
  end!: number[];
  @ApiProperty({ ...numbers, description: 'With the buffer before' })
  heldStart!: number[];
  @ApiProperty({ ...numbers, description: 'With the buffer after' })
  heldEnd!: number[];
  @ApiProperty({ ...texts, description: '`cancelled` is told while it can be taken back and so keeps its time' })
  status!: string[];
  @ApiProperty(textsOrNull)
  title!: (string | null)[];
  @ApiProperty(textsOrNull)
  organizer!: (string | null)[];
  @ApiProperty(numbers)
  mine!: number[];
  @ApiProperty(numbers)
  lane!: number[];
  @ApiProperty(numbers)
  quantity!: number[];
  @ApiProperty(numbers)
  version!: number[];
  @ApiProperty({ ...textsOrNull, description: 'When a hold, or a cancellation that can be taken back, gives its time back' })
  expiresAt!: (string | null)[];
}

/** A whole or part that was booked and so takes the time of a resource; null where the reader may not know which. */
export class OtherResourceResponse {
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  resourceId!: string | null;
  @ApiProperty({ type: String, nullable: true })
  name!: string | null;
}

@ApiExtraModels(BlackoutSpan, AssignedSpan)
export class AvailabilityGridResponse {
  @ApiProperty({ format: 'date-time' })
  from!: string;
  @ApiProperty({ format: 'date-time' })
  to!: string;
  @ApiProperty({ format: 'date-time' })
  asOf!: string;
  @ApiProperty({ description: 'Live updates after this sequence number are not in it' })
  seq!: number;
  @ApiProperty(texts)
  resources!: readonly string[];
  @ApiProperty({ type: [OtherResourceResponse], description: 'Booked wholes and parts of `resources`' })
  others!: readonly OtherResourceResponse[];
  @ApiProperty({
    type: 'array',
    items: { type: 'array', items: { type: 'number' } },
    description: 'Closed time of each resource: start, end, start, end, …',
  })
  closed!: readonly (readonly number[])[];
  @ApiProperty({ type: 'array', items: { type: 'array', items: { $ref: '#/components/schemas/BlackoutSpan' } } })
  blackouts!: readonly (readonly BlackoutSpan[])[];
  @ApiProperty({
    type: 'array',
    items: { type: 'array', items: { $ref: '#/components/schemas/AssignedSpan' } },
    description: 'Time of each resource that is another person’s own',
  })
  assigned!: readonly (readonly AssignedSpan[])[];
  @ApiProperty({ type: BarsResponse })
  bars!: BarsResponse;
}

export class AlternativeResponse {
  @ApiProperty({ format: 'uuid' })
  resourceId!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ format: 'date-time' })
  start!: string;
  @ApiProperty({ format: 'date-time' })
  end!: string;
  @ApiProperty({ minimum: 0, maximum: 1 })
  score!: number;
}

export class BusyResponse {
  @ApiProperty({ format: 'date-time' })
  start!: string;
  @ApiProperty({ format: 'date-time' })
  end!: string;
}

export class ConflictResponse {
  @ApiPropertyOptional({ format: 'date-time', description: 'The occurrence of a series it is about' })
  recurrenceId?: string;
  @ApiProperty({ format: 'uuid' })
  resourceId!: string;
  @ApiProperty({ enum: ['overlap', 'held'] })
  reason!: 'overlap' | 'held';
  @ApiProperty({ type: BusyResponse })
  busy!: BusyResponse;
  @ApiProperty({ type: String, nullable: true })
  title!: string | null;
  @ApiProperty({ type: [AlternativeResponse] })
  alternatives!: readonly AlternativeResponse[];
}

export class PolicySourceResponse {
  @ApiProperty({ enum: ['default', 'organization', 'site', 'type', 'resource'] })
  level!: string;
  @ApiProperty({ required: false })
  id?: string;
  @ApiProperty({ required: false })
  name?: string;
}

export class ViolationResponse {
  @ApiPropertyOptional({ format: 'date-time', description: 'The occurrence of a series it is about' })
  recurrenceId?: string;
  @ApiProperty()
  rule!: string;
  @ApiProperty()
  limit!: string;
  @ApiProperty()
  given!: string;
  @ApiProperty({ type: PolicySourceResponse })
  source!: PolicySourceResponse;
  @ApiProperty()
  detail!: string;
  @ApiProperty({ format: 'uuid' })
  resourceId!: string;
  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  suggestion?: object;
}

export class OccurrenceResponse {
  @ApiPropertyOptional({ format: 'date-time', description: 'Of a series: the start the rule gives it' })
  recurrenceId?: string;
  @ApiProperty({ format: 'date-time' })
  start!: string;
  @ApiProperty({ format: 'date-time' })
  end!: string;
  @ApiProperty({ enum: ['free', 'conflict', 'refused', 'skipped', 'waiting'], description: '`skipped` or `waiting` by a resolution' })
  verdict!: 'free' | 'conflict' | 'refused' | 'skipped' | 'waiting';
  @ApiProperty({ type: [ConflictResponse] })
  conflicts!: readonly ConflictResponse[];
  @ApiProperty({ type: [AlternativeResponse] })
  alternatives!: readonly AlternativeResponse[];
  @ApiPropertyOptional({ type: () => [ViolationResponse], description: 'Of a series: the rules this occurrence breaks' })
  violations?: readonly ViolationResponse[];
  @ApiPropertyOptional({
    type: [String],
    enum: ['skip', 'resource', 'time', 'waitlist'],
    description: 'Of a series: what can be done about it; `resource` and `time` as the alternatives say',
  })
  resolutions?: readonly ('skip' | 'resource' | 'time' | 'waitlist')[];
}

export class CheckResponse {
  @ApiProperty()
  bookable!: boolean;
  @ApiProperty()
  needsApproval!: boolean;
  @ApiProperty({ type: [ViolationResponse] })
  violations!: readonly ViolationResponse[];
  @ApiProperty({ type: [OccurrenceResponse] })
  occurrences!: readonly OccurrenceResponse[];
  @ApiPropertyOptional({ type: [ClockWarningResponse], description: 'Choices made where a local time names no instant or two' })
  warnings?: readonly ClockWarningResponse[];
}

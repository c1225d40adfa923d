import { PAGE_LIMIT, PAGE_LIMIT_MAX } from '@berth/kernel';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

export class EventsQuery {
  @ApiPropertyOptional({ minimum: 0, description: 'Sequence of the last event known; left out begins with the oldest that is kept' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  after?: number;

  @ApiPropertyOptional({ minimum: 1, maximum: PAGE_LIMIT_MAX, default: PAGE_LIMIT })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(PAGE_LIMIT_MAX)
  limit: number = PAGE_LIMIT;
}

class EventResponse {
  @ApiProperty({ enum: ['1.0'], description: 'Of CloudEvents' })
  specversion!: '1.0';
  @ApiProperty({ format: 'uuid', description: 'The same wherever the event is told' })
  id!: string;
  @ApiProperty({ description: '`object.past_tense`' })
  type!: string;
  @ApiProperty()
  source!: string;
  @ApiProperty({ description: 'What it is about: `kind/id`' })
  subject!: string;
  @ApiProperty({ format: 'date-time' })
  time!: string;
  @ApiProperty({ enum: ['application/json'] })
  datacontenttype!: 'application/json';
  @ApiProperty({ description: 'As much as one may see of it' })
  data!: unknown;
  @ApiProperty({ format: 'uuid' })
  organizationId!: string;
  @ApiProperty({ description: 'Place in the log of the organization; what one may not see leaves gaps' })
  sequence!: number;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Who did it; null when Berth did, or one may not know' })
  actor!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'W3C trace context of the request that did it' })
  traceparent!: string | null;
}

export class EventsResponse {
  @ApiProperty({ type: [EventResponse] })
  data!: readonly EventResponse[];
  @ApiProperty({ description: 'Give it as `after` next time' })
  last!: number;
  @ApiProperty({ description: 'Whether there are more by now' })
  hasMore!: boolean;
}

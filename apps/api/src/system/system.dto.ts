import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { type HealthPart, healthParts, type HealthState } from './system-health';

class HealthFindingResponse {
  @ApiProperty({ enum: healthParts })
  part!: HealthPart;
  @ApiProperty({ enum: ['ok', 'warning', 'failed', 'unused'], description: 'What is `unused` is neither good nor bad' })
  state!: HealthState;
  @ApiProperty({ description: 'What was found; stable' })
  code!: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] },
    description: 'Numbers and names of the finding; nothing secret',
  })
  facts!: Readonly<Record<string, string | number | boolean>>;
}

class RuntimeResponse {
  @ApiProperty()
  node!: string;
  @ApiProperty()
  platform!: string;
}

export class SystemHealthResponse {
  @ApiProperty({ format: 'date-time' })
  checkedAt!: string;
  @ApiProperty({ type: RuntimeResponse })
  runtime!: RuntimeResponse;
  @ApiProperty({ type: [HealthFindingResponse] })
  findings!: readonly HealthFindingResponse[];
}

export class TestMailResponse {
  @ApiProperty({ description: 'Where it went' })
  to!: string;
  @ApiProperty({ description: 'The server that took it' })
  server!: string;
}

class ParkedEventResponse {
  @ApiProperty()
  sequence!: number;
  @ApiProperty({ format: 'uuid' })
  eventId!: string;
  @ApiProperty()
  type!: string;
  @ApiProperty({ description: 'Why it failed' })
  error!: string;
  @ApiProperty({ format: 'date-time' })
  parkedAt!: string;
}

class ReaderResponse {
  @ApiProperty()
  name!: string;
  @ApiProperty({ description: 'Events of the whole installation it has not looked at yet' })
  behind!: number;
  @ApiProperty({ type: String, nullable: true, description: 'Why it stumbled last; null while it goes on' })
  error!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  nextTryAt!: string | null;
  @ApiProperty({ type: [ParkedEventResponse], description: 'What it goes on without, newest first; at most 100' })
  parked!: readonly ParkedEventResponse[];
  @ApiProperty({ description: 'Spans that wait to be handed over again' })
  replays!: number;
}

export class ReadersResponse {
  @ApiProperty({ type: [ReaderResponse] })
  data!: readonly ReaderResponse[];
}

export class ReplayDto {
  @ApiProperty({ minimum: 0, description: 'Sequence of the last event that is not handed over again; 0 begins with the first' })
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  after!: number;

  @ApiPropertyOptional({ minimum: 1, description: 'Sequence of the last one that is; left out goes to the end of the log' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  until?: number;
}

export class ReplayResponse {
  @ApiProperty()
  reader!: string;
  @ApiProperty()
  after!: number;
  @ApiProperty({ description: 'The last one that is handed over; `after` where there is none' })
  until!: number;
}

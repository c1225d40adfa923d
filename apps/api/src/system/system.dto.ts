import { ApiProperty } from '@nestjs/swagger';
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

import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Max, Min, ValidateIf } from 'class-validator';
import type { AuditRetention, RetentionSeen } from './change-retention';

export class AuditRetentionRequest implements AuditRetention {
  @ApiProperty({ type: 'integer', nullable: true, minimum: 90, maximum: 36_500, description: 'Days; null keeps events for ever' })
  @ValidateIf((it: AuditRetentionRequest) => it.keepDays !== null)
  @IsInt()
  @Min(90)
  @Max(36_500)
  keepDays!: number | null;
}

export class AuditRetentionResponse implements RetentionSeen {
  @ApiProperty({ type: 'integer', nullable: true, description: 'Days; null keeps events for ever' })
  keepDays!: number | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Instant of the oldest event there is' })
  oldest!: string | null;
  @ApiProperty({ description: 'Of all settings of the organization' })
  version!: number;
}

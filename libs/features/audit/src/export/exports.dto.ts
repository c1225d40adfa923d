import { ApiProperty } from '@nestjs/swagger';
import { AuditFilterRequest } from '../log/audit-logs.dto';
import { type ExportFormat, exportFormats } from './ask-export';
import type { AuditExport } from './exports.queries';

const jobStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;

class ExportProgressResponse {
  @ApiProperty()
  done!: number;
  @ApiProperty()
  total!: number;
}

export class AuditExportResponse implements AuditExport {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ enum: exportFormats })
  format!: ExportFormat;
  @ApiProperty({ type: AuditFilterRequest })
  filter!: AuditFilterRequest;
  @ApiProperty({ enum: jobStates })
  state!: AuditExport['state'];
  @ApiProperty({ type: ExportProgressResponse, description: 'Places of the log that were looked at' })
  progress!: ExportProgressResponse;
  @ApiProperty({ format: 'date-time' })
  askedAt!: string;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Until when it can be fetched; null while it is not ready',
  })
  availableUntil!: string | null;
}

export class AuditExportsResponse {
  @ApiProperty({ type: [AuditExportResponse] })
  data!: readonly AuditExport[];
}

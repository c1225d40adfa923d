import { ToBoolean } from '@berth/platform/http';
import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import type { Delimiter } from './csv-table';
import type { CsvEncoding } from './csv-text';
import type { RowAction } from './import-plan';

export class ImportQuery {
  @ApiPropertyOptional({ type: Boolean, default: false, description: 'Say what would happen and change nothing' })
  @IsOptional()
  @ToBoolean()
  @IsBoolean()
  dryRun = false;

  @ApiPropertyOptional({
    enum: ['skip', 'fail'],
    default: 'skip',
    description: '`skip` imports the rows that are right, `fail` all or nothing',
  })
  @IsOptional()
  @IsIn(['skip', 'fail'])
  onError: 'skip' | 'fail' = 'skip';
}

export class UploadRequest {
  @ApiProperty({
    type: 'string',
    format: 'binary',
    description:
      'CSV with a header line: comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252; at most 5 MiB, 10,000 rows and 64 columns',
  })
  file!: unknown;
}

export class RowErrorResponse {
  @ApiProperty({ description: 'Line of the file' })
  row!: number;
  @ApiProperty({ type: String, nullable: true, description: 'Header as it is written; null for the row as a whole' })
  column!: string | null;
  @ApiProperty()
  code!: string;
  @ApiProperty()
  detail!: string;
}

export class CellChangeResponse {
  @ApiProperty()
  from!: string;
  @ApiProperty()
  to!: string;
}

@ApiExtraModels(CellChangeResponse)
export class PlannedRowResponse {
  @ApiProperty({ description: 'Line of the file' })
  row!: number;
  @ApiProperty()
  name!: string;
  @ApiProperty({ enum: ['create', 'update', 'unchanged', 'error'] })
  action!: RowAction;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, description: 'Cells by header' })
  cells!: Readonly<Record<string, string>>;
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(CellChangeResponse) },
    description: 'Of an update: what differs, by header',
  })
  changes?: Readonly<Record<string, CellChangeResponse>>;
}

export class NewPlacesResponse {
  @ApiProperty({ type: [String], example: ['HQ'] })
  sites!: readonly string[];
  @ApiProperty({ type: [String], example: ['HQ/Floor 2'] })
  floors!: readonly string[];
  @ApiProperty({ type: [String], example: ['HQ/Floor 2/East Wing'] })
  rooms!: readonly string[];
}

export class ImportResponse {
  @ApiProperty()
  created!: number;
  @ApiProperty()
  updated!: number;
  @ApiProperty()
  unchanged!: number;
  @ApiProperty({ type: [RowErrorResponse] })
  failed!: readonly RowErrorResponse[];
  @ApiProperty({ type: [PlannedRowResponse], description: 'Every row of the file, in its order' })
  rows!: readonly PlannedRowResponse[];
  @ApiProperty({ type: [String], description: 'Headers that mean something, in their order' })
  columns!: readonly string[];
  @ApiProperty({ type: [String], description: 'Headers that mean nothing here' })
  ignoredColumns!: readonly string[];
  @ApiProperty({ enum: [',', ';', '\t'] })
  delimiter!: Delimiter;
  @ApiProperty({ enum: ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] })
  encoding!: CsvEncoding;
  @ApiProperty({ type: NewPlacesResponse, description: 'Places that were not there before' })
  places!: NewPlacesResponse;
}

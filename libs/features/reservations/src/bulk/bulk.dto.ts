import { IsInstant, IsPlainText, ListQuery, PageEndResponse, ToBoolean, ToCommaList, ToList } from '@berth/platform/http';
import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
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
import { type JobKind, jobKinds, type JobState, jobStates } from './jobs/job';
import { BookRequest, ReservationListQuery } from '../reservations.dto';
import { AlternativeResponse } from '../availability.dto';
import { ReservationResponse } from '../reservations.responses';

const MOST = 500;

/** One reservation of many; a series is booked by itself. */
export class BulkItemRequest extends OmitType(BookRequest, ['recurrence', 'onConflict', 'resolutions'] as const) {}

export class BulkBookRequest {
  @ApiProperty({ enum: ['atomic', 'bestEffort'], description: '`atomic` books all or none, `bestEffort` each by itself' })
  @IsIn(['atomic', 'bestEffort'])
  mode!: 'atomic' | 'bestEffort';

  @ApiProperty({ type: [BulkItemRequest], minItems: 1, maxItems: MOST })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST)
  @IsObject({ each: true })
  items!: object[];
}

export class CancelFilterRequest {
  @ApiProperty({ format: 'date-time', description: 'Only what begins then or later' })
  @IsInstant()
  from!: string;

  @ApiProperty({ format: 'date-time', description: 'Only what begins before' })
  @IsInstant()
  to!: string;

  @ApiPropertyOptional({ type: [String], format: 'uuid', maxItems: 200 })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsUUID('all', { each: true })
  resourceIds?: string[];

  @ApiPropertyOptional({ default: 'me', description: '`me` or the id of a person' })
  @IsOptional()
  @Matches(/^(me|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i, { message: 'is neither me nor an id' })
  organizer: string = 'me';
}

export class BulkCancelRequest {
  @ApiPropertyOptional({ enum: ['atomic', 'bestEffort'], default: 'bestEffort' })
  @IsOptional()
  @IsIn(['atomic', 'bestEffort'])
  mode: 'atomic' | 'bestEffort' = 'bestEffort';

  @ApiPropertyOptional({ type: [String], format: 'uuid', minItems: 1, maxItems: MOST, description: 'Which; or use `filter`' })
  @ValidateIf((it: BulkCancelRequest) => it.filter === undefined || it.ids !== undefined)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST)
  @ArrayUnique()
  @IsUUID('all', { each: true })
  ids?: string[];

  @ApiPropertyOptional({ type: CancelFilterRequest, description: 'Living ones that begin in a span of time; 500 at most' })
  @ValidateIf((it: BulkCancelRequest) => it.ids === undefined && it.filter !== undefined)
  @ValidateNested()
  @Type(() => CancelFilterRequest)
  filter?: CancelFilterRequest;

  @ApiPropertyOptional({ maxLength: 500 })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  @IsPlainText()
  reason?: string;

  @ApiPropertyOptional({ minimum: 0, maximum: 30, default: 0 })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(30)
  undoSeconds?: number;
}

export class ExportQuery extends OmitType(ReservationListQuery, ['limit', 'cursor'] as const) {
  @ApiPropertyOptional({ type: [String], format: 'uuid', maxItems: 100, description: 'Only these' })
  @IsOptional()
  @ToList()
  @ArrayMaxSize(100)
  @IsUUID('all', { each: true })
  id?: string[];
}

export class ItemProblemResponse {
  @ApiProperty()
  code!: string;
  @ApiProperty()
  title!: string;
  @ApiProperty()
  status!: number;
}

export class ItemResultResponse {
  @ApiProperty({ description: 'Place in the request, from 0' })
  index!: number;
  @ApiProperty({ description: 'What the route for one would have answered' })
  status!: number;
  @ApiPropertyOptional({ type: ReservationResponse })
  data?: ReservationResponse;
  @ApiPropertyOptional({ type: ItemProblemResponse, description: 'With the extensions that problem has' })
  problem?: ItemProblemResponse;
}

export class BulkSummaryResponse {
  @ApiProperty()
  total!: number;
  @ApiProperty()
  succeeded!: number;
  @ApiProperty()
  failed!: number;
}

export class BulkOutcomeResponse {
  @ApiProperty({ type: [ItemResultResponse] })
  results!: readonly ItemResultResponse[];
  @ApiProperty({ type: BulkSummaryResponse })
  summary!: BulkSummaryResponse;
}

export class ReservationUpload {
  @ApiProperty({ type: 'string', format: 'binary', description: 'CSV with a header line (comma, semicolon or tab), or iCalendar' })
  file!: unknown;
}

export class ReservationImportQuery {
  @ApiPropertyOptional({ type: Boolean, default: false, description: 'Say what would happen and change nothing' })
  @IsOptional()
  @ToBoolean()
  @IsBoolean()
  dryRun = false;

  @ApiPropertyOptional({
    enum: ['skip', 'fail'],
    default: 'skip',
    description: '`skip` books the rows that can be booked, `fail` all or none',
  })
  @IsOptional()
  @IsIn(['skip', 'fail'])
  onError: 'skip' | 'fail' = 'skip';

  @ApiPropertyOptional({ format: 'uuid', description: 'The resource of rows that name none, and of events at a place that is none' })
  @IsOptional()
  @IsUUID('all')
  resourceId?: string;
}

export class ReservationRowErrorResponse {
  @ApiProperty({ description: 'Line of the file; of an event the one it begins on' })
  row!: number;
  @ApiProperty({ type: String, nullable: true, description: 'Header or property as it is written; null for the row as a whole' })
  column!: string | null;
  @ApiProperty()
  code!: string;
  @ApiProperty()
  detail!: string;
  @ApiPropertyOptional({ type: [AlternativeResponse], description: 'Where the time is taken: what would work instead, the best first' })
  alternatives?: readonly AlternativeResponse[];
}

export class ImportedRowResponse {
  @ApiProperty({ description: 'Line of the file' })
  row!: number;
  @ApiProperty()
  name!: string;
  @ApiProperty({
    enum: ['create', 'update', 'unchanged', 'skip', 'error'],
    description: '`update` and `unchanged` are events that were brought in before, known by their UID',
  })
  action!: 'create' | 'update' | 'unchanged' | 'skip' | 'error';
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The reservation; null of a series' })
  id!: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The series an event that recurs has become' })
  seriesId!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Of the reservation: `pending` where an approval is asked for' })
  status!: string | null;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, description: 'Cells by header' })
  cells!: Readonly<Record<string, string>>;
}

export class ImportHeadersResponse {
  @ApiProperty({ type: String, nullable: true })
  resource!: string | null;
  @ApiProperty({ type: String, nullable: true })
  start!: string | null;
  @ApiProperty({ type: String, nullable: true })
  end!: string | null;
}

export class ReservationImportResponse {
  @ApiProperty({ enum: ['csv', 'ics'] })
  format!: 'csv' | 'ics';
  @ApiProperty({ enum: [',', ';', '\t'], type: String, nullable: true, description: 'Between the cells of CSV' })
  delimiter!: ',' | ';' | '\t' | null;
  @ApiProperty()
  encoding!: string;
  @ApiProperty()
  created!: number;
  @ApiProperty({ description: 'Events that were brought in before and say something else now' })
  updated!: number;
  @ApiProperty()
  unchanged!: number;
  @ApiProperty({ type: [ReservationRowErrorResponse] })
  failed!: readonly ReservationRowErrorResponse[];
  @ApiProperty({ type: [ReservationRowErrorResponse], description: 'Rows that are no bookings to be, with the word for it' })
  skipped!: readonly ReservationRowErrorResponse[];
  @ApiProperty({ type: [ImportedRowResponse], description: 'Every row of the file, in its order' })
  rows!: readonly ImportedRowResponse[];
  @ApiProperty({ type: [String], description: 'Headers that mean something, in their order' })
  columns!: readonly string[];
  @ApiProperty({ type: [String], description: 'Headers that mean nothing here' })
  ignoredColumns!: readonly string[];
  @ApiProperty({ type: ImportHeadersResponse, description: 'The columns that say where and when; null of a calendar' })
  headers!: ImportHeadersResponse;
}

export class JobProgressResponse {
  @ApiProperty()
  done!: number;
  @ApiProperty()
  total!: number;
}

export class JobResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ enum: jobKinds })
  kind!: JobKind;
  @ApiProperty({ enum: jobStates })
  state!: JobState;
  @ApiProperty({ type: JobProgressResponse })
  progress!: JobProgressResponse;
  @ApiProperty({ type: String, nullable: true, description: 'Where what became of each item is, when it is over' })
  resultUrl!: string | null;
  @ApiProperty({ type: ItemProblemResponse, nullable: true })
  problem!: ItemProblemResponse | null;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endedAt!: string | null;
}

export class JobPage {
  @ApiProperty({ type: [JobResponse] })
  data!: readonly JobResponse[];
  @ApiProperty({ type: PageEndResponse })
  page!: PageEndResponse;
}

export class JobsQuery extends ListQuery {
  @ApiPropertyOptional({ description: `States parted by commas: ${jobStates.join(', ')}`, type: String })
  @IsOptional()
  @ToCommaList()
  @IsIn(jobStates, { each: true })
  state?: JobState[];
}

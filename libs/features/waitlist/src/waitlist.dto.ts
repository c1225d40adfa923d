import { IsPlainText, IsTimeZone, ListQuery, PageEndResponse, ToCommaList } from '@berth/platform/http';
import type { Criteria, WaitlistStatus } from '@berth/reservations';
import type { CustomValues } from '@berth/scheduling';
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
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

const STATUSES = ['waiting', 'offered', 'accepted', 'declined', 'expired', 'left'] as const;
const INSTANT_OR_LOCAL = 'RFC 3339 with any offset, or a local time of `timeZone` without one';

/** What would do, where no resource is named; every part that is given must hold. */
export class CriteriaRequest implements Criteria {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID('all')
  typeId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID('all')
  siteId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID('all')
  floorId?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 1_000_000, description: 'At least so many people' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  capacity?: number;

  @ApiPropertyOptional({ type: [String], maxItems: 20, description: 'All of them' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  tags?: string[];
}

export class JoinWaitlistRequest {
  @ApiPropertyOptional({ format: 'uuid', description: 'One resource; or use `resourceIds` or `criteria`' })
  @ValidateIf((it: JoinWaitlistRequest) => (it.criteria === undefined && it.resourceIds === undefined) || it.resourceId !== undefined)
  @IsUUID('all', { message: 'is not the id of a resource' })
  resourceId?: string;

  @ApiPropertyOptional({
    type: [String],
    format: 'uuid',
    minItems: 1,
    maxItems: 20,
    description: 'Several resources: offered when all of them are free, and held together',
  })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsUUID('all', { each: true })
  resourceIds?: string[];

  @ApiPropertyOptional({ type: CriteriaRequest, description: 'Whatever fits; instead of naming resources' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => CriteriaRequest)
  criteria?: CriteriaRequest;

  @ApiProperty({ description: INSTANT_OR_LOCAL, examples: ['2026-12-01T13:00:00Z'] })
  @IsString()
  @MaxLength(40)
  start!: string;

  @ApiProperty({ description: INSTANT_OR_LOCAL, examples: ['2026-12-01T14:00:00Z'] })
  @IsString()
  @MaxLength(40)
  end!: string;

  @ApiPropertyOptional({ description: 'IANA zone; the resource’s where left out' })
  @IsOptional()
  @IsTimeZone()
  timeZone?: string;

  @ApiPropertyOptional({ minimum: 0, maximum: 10_080, default: 0, description: 'How much earlier or later would do as well' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(10_080)
  flexMinutes?: number;

  @ApiPropertyOptional({ default: false, description: 'Book at once when it is freed, without asking' })
  @IsOptional()
  @IsBoolean()
  autoAccept?: boolean;

  @ApiPropertyOptional({ minimum: 1, maximum: 1000, default: 1 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1000)
  quantity?: number;

  @ApiPropertyOptional({ type: String, maxLength: 200, nullable: true, description: 'Of the reservation it becomes' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  @IsPlainText()
  title?: string | null;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Answers to the custom fields of the resource’s type, by key; of the reservation it becomes',
  })
  @IsOptional()
  @IsObject()
  customFields?: Record<string, unknown>;

  @ApiPropertyOptional({ minimum: -100, maximum: 100, default: 0, description: 'Higher goes first; other than 0 needs reservation:manage' })
  @IsOptional()
  @IsInt()
  @Min(-100)
  @Max(100)
  priority?: number;
}

/** What there is to say when an offer is taken. */
export class AcceptOfferRequest {
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Answers the entry does not have yet, by key; they go before those it has',
  })
  @IsOptional()
  @IsObject()
  customFields?: Record<string, unknown>;
}

export class WaitlistQuery extends ListQuery {
  @ApiPropertyOptional({ description: 'Statuses parted by commas', type: String })
  @IsOptional()
  @ToCommaList()
  @IsIn(STATUSES, { each: true })
  status?: WaitlistStatus[];
}

export class WaitlistNamedResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
}

export class WaitlistPersonResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  displayName!: string;
}

export class WaitlistOfferResponse {
  @ApiProperty({ format: 'uuid', description: 'The hold that keeps it for the person' })
  holdId!: string;
  @ApiProperty({ format: 'uuid' })
  resourceId!: string;
  @ApiProperty()
  resourceName!: string;
  @ApiProperty({ type: [WaitlistNamedResponse], description: 'All that is offered together, the one above first' })
  resources!: readonly WaitlistNamedResponse[];
  @ApiProperty({ format: 'date-time' })
  start!: string;
  @ApiProperty({ format: 'date-time' })
  end!: string;
  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
}

export class WaitlistEntryResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ enum: STATUSES })
  status!: WaitlistStatus;
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  resourceId!: string | null;
  @ApiProperty({ type: WaitlistNamedResponse, nullable: true })
  resource!: WaitlistNamedResponse | null;
  @ApiProperty({
    type: [WaitlistNamedResponse],
    description: 'All that is waited for together, the one above first; none where criteria say it',
  })
  resources!: readonly WaitlistNamedResponse[];
  @ApiProperty({ type: CriteriaRequest, nullable: true })
  criteria!: Criteria | null;
  @ApiProperty({ format: 'date-time' })
  start!: string;
  @ApiProperty({ format: 'date-time' })
  end!: string;
  @ApiProperty()
  timeZone!: string;
  @ApiProperty()
  flexMinutes!: number;
  @ApiProperty()
  quantity!: number;
  @ApiProperty()
  autoAccept!: boolean;
  @ApiProperty({ type: String, nullable: true })
  title!: string | null;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Empty for who may not know them' })
  customFields!: CustomValues;
  @ApiProperty()
  mine!: boolean;
  @ApiProperty({ type: WaitlistPersonResponse, nullable: true, description: 'null for who may not know who it is' })
  person!: WaitlistPersonResponse | null;
  @ApiProperty({ type: Number, nullable: true, description: '1 is next' })
  position!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'Share of such entries that got a time lately; null while too few are known' })
  likelihood!: number | null;
  @ApiProperty({ type: WaitlistOfferResponse, nullable: true })
  offer!: WaitlistOfferResponse | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  reservationId!: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Where a date of a series is waited for: accepting fills it' })
  seriesId!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Which date of the series' })
  recurrenceId!: string | null;
  @ApiProperty({ format: 'date-time' })
  joinedAt!: string;
  @ApiProperty()
  version!: number;
}

export class WaitlistPage {
  @ApiProperty({ type: [WaitlistEntryResponse] })
  data!: readonly WaitlistEntryResponse[];
  @ApiProperty({ type: PageEndResponse })
  page!: PageEndResponse;
}

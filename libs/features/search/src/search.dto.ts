import { IfGiven, IsReference } from '@berth/places';
import { IsInstant, IsPlainText, PageEndResponse } from '@berth/platform/http';
import { resourceLimits } from '@berth/resources';
import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsString, Length, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { type SearchSort, searchSorts } from './candidates.queries';

const MAX_MINUTES = 31 * 1440;
const MAX_HITS = 200;
const MAX_SLOTS = 1000;
const MAX_DAYS = 62;

class LengthAndUnits {
  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: MAX_MINUTES, description: 'Without it the shortest the resource allows' })
  @IfGiven()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_MINUTES)
  durationMinutes?: number;

  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: resourceLimits.units, default: 1 })
  @IfGiven()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(resourceLimits.units)
  quantity: number = 1;
}

export class AvailableSlotsQuery extends LengthAndUnits {
  @ApiProperty({ format: 'date-time' })
  @IsInstant()
  from!: string;

  @ApiProperty({ format: 'date-time' })
  @IsInstant()
  to!: string;

  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: MAX_SLOTS, default: 200 })
  @IfGiven()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_SLOTS)
  limit: number = 200;
}

export class NextAvailableQuery extends LengthAndUnits {
  @ApiPropertyOptional({ format: 'date-time', description: 'Without it, now' })
  @IfGiven()
  @IsInstant()
  from?: string;

  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: MAX_DAYS, default: 14, description: 'How many days are looked at' })
  @IfGiven()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_DAYS)
  days: number = 14;
}

export class SlotResponse {
  @ApiProperty({ format: 'date-time' })
  start!: string;
  @ApiProperty({ format: 'date-time' })
  end!: string;
}

export class AvailableSlotsResponse {
  @ApiProperty({ type: [SlotResponse] })
  data!: readonly SlotResponse[];
  @ApiProperty({ description: 'Whether there are more in the window' })
  hasMore!: boolean;
}

@ApiExtraModels(SlotResponse)
export class NextAvailableResponse {
  @ApiProperty({ allOf: [{ $ref: getSchemaPath(SlotResponse) }], nullable: true, type: Object })
  slot!: SlotResponse | null;
}

export class NearRequest {
  @ApiPropertyOptional({ format: 'uuid' })
  @IfGiven()
  @IsReference()
  siteId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IfGiven()
  @IsReference()
  floorId?: string;
}

const Tags = (): PropertyDecorator => (target, key) => {
  for (const it of [
    ApiPropertyOptional({ type: [String], description: 'All of them' }),
    IfGiven(),
    IsArray(),
    ArrayMaxSize(resourceLimits.tags),
    IsString({ each: true }),
    Length(1, resourceLimits.tag, { each: true }),
    IsPlainText({ each: true }),
  ]) {
    it(target, key);
  }
};

export class SearchRequest {
  @ApiProperty({ format: 'date-time' })
  @IsInstant()
  from!: string;

  @ApiProperty({ format: 'date-time' })
  @IsInstant()
  to!: string;

  @ApiPropertyOptional({
    type: Number,
    minimum: 1,
    maximum: MAX_MINUTES,
    description: 'Length wanted somewhere between from and to; without it, from and to are the time wanted',
  })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(MAX_MINUTES)
  durationMinutes?: number;

  @ApiPropertyOptional({ description: 'Words that must all stand in name, description, location or tags' })
  @IfGiven()
  @IsString()
  @Length(1, 200)
  @IsPlainText()
  q?: string;

  @ApiPropertyOptional({ description: 'Key of a type, as `room`' })
  @IfGiven()
  @IsString()
  @Length(1, 64)
  @IsPlainText()
  type?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IfGiven()
  @IsReference()
  typeId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IfGiven()
  @IsReference()
  siteId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IfGiven()
  @IsReference()
  floorId?: string;

  @ApiPropertyOptional({ type: Number, minimum: 0, description: 'At least so many people' })
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(resourceLimits.capacity)
  capacity?: number;

  @Tags()
  tags?: string[];

  @Tags()
  features?: string[];

  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: resourceLimits.units, default: 1, description: 'Units of one resource' })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(resourceLimits.units)
  quantity: number = 1;

  @ApiPropertyOptional({
    type: NearRequest,
    description: 'Where one would like to be; nearer ones come first among those that fit as well',
  })
  @IfGiven()
  @ValidateNested()
  @Type(() => NearRequest)
  near?: NearRequest;

  @ApiPropertyOptional({ enum: searchSorts, default: 'fit', description: '`earliest` answers one page' })
  @IfGiven()
  @IsIn(searchSorts)
  sort: SearchSort = 'fit';

  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: MAX_HITS, default: 25 })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(MAX_HITS)
  limit: number = 25;

  @ApiPropertyOptional({ description: '`page.nextCursor` of the page before' })
  @IfGiven()
  @IsString()
  @MaxLength(2048)
  cursor?: string;
}

export class FoundTypeResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  key!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty()
  icon!: string;
}

export class FoundPlaceResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
}

export class FoundResourceResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ type: FoundTypeResponse })
  type!: FoundTypeResponse;
  @ApiProperty({ type: FoundPlaceResponse, nullable: true })
  site!: FoundPlaceResponse | null;
  @ApiProperty({ type: FoundPlaceResponse, nullable: true })
  floor!: FoundPlaceResponse | null;
  @ApiProperty({ type: Number, nullable: true })
  capacity!: number | null;
  @ApiProperty()
  units!: number;
  @ApiProperty({ type: [String] })
  tags!: readonly string[];
  @ApiProperty({ type: String, nullable: true })
  location!: string | null;
  @ApiProperty({ description: 'IANA zone' })
  timeZone!: string;
}

export class ReasonResponse {
  @ApiProperty({ enum: ['capacity-fits', 'same-floor', 'same-site', 'favourite', 'earliest-start'] })
  code!: string;
  @ApiPropertyOptional({ description: 'People asked for, of `capacity-fits`' })
  wanted?: number;
  @ApiPropertyOptional({ description: 'People it takes, of `capacity-fits`' })
  capacity?: number;
}

export class HitResponse {
  @ApiProperty({ type: FoundResourceResponse })
  resource!: FoundResourceResponse;
  @ApiProperty({ format: 'date-time' })
  start!: string;
  @ApiProperty({ format: 'date-time' })
  end!: string;
  @ApiProperty()
  needsApproval!: boolean;
  @ApiProperty({ type: [ReasonResponse] })
  reasons!: readonly ReasonResponse[];
}

export class OtherTimesResponse {
  @ApiProperty({ type: FoundResourceResponse })
  resource!: FoundResourceResponse;
  @ApiProperty({ type: [SlotResponse], description: 'Nearest first' })
  slots!: readonly SlotResponse[];
}

export class SearchViolationResponse {
  @ApiProperty()
  rule!: string;
  @ApiProperty()
  limit!: string;
  @ApiProperty()
  given!: string;
  @ApiProperty()
  detail!: string;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Where the rule was set: level, id, name' })
  source!: object;
}

export class RefusedResponse {
  @ApiProperty({ type: FoundResourceResponse })
  resource!: FoundResourceResponse;
  @ApiProperty({ type: [SearchViolationResponse] })
  violations!: readonly SearchViolationResponse[];
}

export class SearchResponse {
  @ApiProperty({ type: [HitResponse] })
  data!: readonly HitResponse[];
  @ApiProperty({
    type: [OtherTimesResponse],
    description: 'What matches and is free at other times; on the first page, when it is the last',
  })
  otherTimes!: readonly OtherTimesResponse[];
  @ApiProperty({ type: [RefusedResponse], description: 'What matches and the rules refuse; on the first page, when it is the last' })
  refused!: readonly RefusedResponse[];
  @ApiProperty({ type: PageEndResponse })
  page!: PageEndResponse;
}

import { IfGiven, IsName, IsReference, Trimmed } from '@berth/places';
import { CountableListQuery, IsInstant, IsPlainText, IsTimeZone, PageEndResponse, ToCommaList, ToList } from '@berth/platform/http';
import type { PolicyDocument, PolicyLevel, PolicyPatch, ResourceStatus } from '@berth/scheduling';
import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { type CalendarUserType, calendarUserTypes } from '../types/resource-type';
import type { RuleInForce } from './resource';
import { type ResourceSort, resourceSorts } from './resource-order';
import { limits } from './resource-limits';

const statuses: readonly ResourceStatus[] = ['available', 'maintenance', 'archived'];
const policyDoc = { type: 'object', additionalProperties: true, description: 'Booking policy; what it leaves out is inherited' } as const;
const trimmedEach = ({ value }: { value: unknown }): unknown =>
  Array.isArray(value) ? value.map((it: unknown) => (typeof it === 'string' ? it.trim() : it)) : value;

export class ResourceQuery extends CountableListQuery {
  @ApiPropertyOptional({ description: 'Words that must all stand in name, description, location or tags' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @IsPlainText()
  q?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsReference()
  typeId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsReference()
  siteId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsReference()
  floorId?: string;

  @ApiPropertyOptional({
    type: String,
    example: 'available,maintenance',
    description: 'Any of these, parted by commas; all but archived ones where it is left out',
  })
  @IsOptional()
  @ToCommaList()
  @IsArray()
  @IsIn(statuses, { each: true })
  status?: ResourceStatus[];

  @ApiPropertyOptional({ type: [String], description: 'Repeated: all of them' })
  @IsOptional()
  @ToList()
  @IsArray()
  @ArrayMaxSize(limits.tags)
  @IsString({ each: true })
  @Length(1, limits.tag, { each: true })
  tag?: string[];

  @ApiPropertyOptional({ type: Number, minimum: 0, description: 'At least so many people' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(limits.capacity)
  capacity?: number;

  @ApiPropertyOptional({ enum: ['true'], description: 'Only those the caller manages' })
  @IsOptional()
  @IsIn(['true'])
  managed?: 'true';

  @ApiPropertyOptional({ enum: resourceSorts, default: 'name' })
  @IsOptional()
  @IsIn(resourceSorts)
  sort: ResourceSort = 'name';
}

/** What is the same when a resource is added and when it is changed: null takes a value away. */
class ResourceParts {
  @ApiPropertyOptional({ type: String, format: 'uuid', nullable: true })
  @IsOptional()
  @IsReference()
  siteId?: string | null;

  @ApiPropertyOptional({ type: String, format: 'uuid', nullable: true, description: 'Implies its site' })
  @IsOptional()
  @IsReference()
  floorId?: string | null;

  @ApiPropertyOptional({ type: String, format: 'uuid', nullable: true, description: 'Implies its floor' })
  @IsOptional()
  @IsReference()
  roomId?: string | null;

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The resource it is a part of: booking one blocks the other',
  })
  @IsOptional()
  @IsReference()
  parentId?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: limits.description })
  @IsOptional()
  @IsString()
  @MaxLength(limits.description)
  @IsPlainText()
  description?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: limits.location, description: 'Where people find it, in words' })
  @IsOptional()
  @IsString()
  @MaxLength(limits.location)
  @IsPlainText()
  location?: string | null;

  @ApiPropertyOptional({ type: Number, nullable: true, minimum: 0, maximum: limits.capacity, description: 'People it takes' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(limits.capacity)
  capacity?: number | null;

  @ApiPropertyOptional({
    type: Number,
    minimum: 1,
    maximum: limits.units,
    description: 'Interchangeable copies: as many reservations at once',
  })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(limits.units)
  units?: number;

  @ApiPropertyOptional({ type: [String], maxItems: limits.tags })
  @IfGiven()
  @Transform(trimmedEach)
  @IsArray()
  @ArrayMaxSize(limits.tags)
  @IsString({ each: true })
  @Length(1, limits.tag, { each: true })
  @IsPlainText({ each: true })
  tags?: string[];

  @ApiPropertyOptional({ type: String, nullable: true, description: 'IANA zone; null takes the site’s, then the organization’s' })
  @IsOptional()
  @IsTimeZone()
  timeZone?: string | null;

  @ApiPropertyOptional({ ...policyDoc, nullable: true })
  @IsOptional()
  @IsObject()
  policy?: PolicyPatch | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: limits.externalId, description: 'Its id in another system; unique' })
  @IsOptional()
  @Trimmed()
  @IsString()
  @Length(1, limits.externalId)
  @IsPlainText()
  externalId?: string | null;

  @ApiPropertyOptional({ type: Boolean, description: 'False for what only holds others' })
  @IfGiven()
  @IsBoolean()
  bookable?: boolean;
}

export class AddResourceRequest extends ResourceParts {
  @ApiProperty({ minLength: 1, maxLength: 200 })
  @IsName()
  name!: string;

  @ApiPropertyOptional({ type: String, format: 'uuid', nullable: true, description: 'The default type where it is left out' })
  @IsOptional()
  @IsReference()
  typeId?: string | null;
}

/** Merge patch (RFC 7396). */
export class ChangeResourceRequest extends ResourceParts {
  @ApiPropertyOptional({ minLength: 1, maxLength: 200 })
  @IfGiven()
  @IsName()
  name?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IfGiven()
  @IsReference()
  typeId?: string;
}

export class ChangeStatusRequest {
  @ApiProperty({ enum: statuses, description: '`available` also restores an archived one' })
  @IsIn(statuses)
  status!: ResourceStatus;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Begin of a maintenance; now where it is left out',
  })
  @IsOptional()
  @IsInstant()
  from?: string | null;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'End of a maintenance; 8 h after its begin where it is left out, null when nobody knows',
  })
  @IsOptional()
  @IsInstant()
  until?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: limits.reason })
  @IsOptional()
  @IsString()
  @MaxLength(limits.reason)
  @IsPlainText()
  reason?: string | null;

  @ApiPropertyOptional({
    enum: ['refuse', 'keep', 'notify', 'move', 'cancel'],
    description:
      'What becomes of reservations in the way: `refuse` lists them and changes nothing (what archiving does by itself), `keep` leaves them (what maintenance does by itself), `notify` leaves them and tells their owners, `move` gives each a similar resource that is free, `cancel` cancels them',
  })
  @IfGiven()
  @IsIn(['refuse', 'keep', 'notify', 'move', 'cancel'])
  reservations?: 'refuse' | 'keep' | 'notify' | 'move' | 'cancel';
}

export class TypeSummary {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  key!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty()
  icon!: string;
  @ApiProperty({ enum: calendarUserTypes })
  cutype!: CalendarUserType;
}

export class SiteSummary {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ description: 'IANA zone' })
  timeZone!: string;
}

export class PlaceSummary {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
}

export class RuleSource {
  @ApiProperty({ enum: ['default', 'organization', 'site', 'type', 'resource'] })
  level!: PolicyLevel;
  @ApiPropertyOptional({ format: 'uuid' })
  id?: string;
  @ApiPropertyOptional()
  name?: string;
}

export class RuleResponse {
  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'object', additionalProperties: true }] })
  value!: RuleInForce['value'];
  @ApiProperty({ type: RuleSource })
  source!: RuleSource;
}

@ApiExtraModels(RuleResponse)
export class ResourceResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ type: String, nullable: true })
  description!: string | null;
  @ApiProperty({ type: String, nullable: true })
  location!: string | null;
  @ApiProperty({ type: TypeSummary })
  type!: TypeSummary;
  @ApiProperty({ type: SiteSummary, nullable: true })
  site!: SiteSummary | null;
  @ApiProperty({ type: PlaceSummary, nullable: true })
  floor!: PlaceSummary | null;
  @ApiProperty({ type: PlaceSummary, nullable: true })
  room!: PlaceSummary | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  parentId!: string | null;
  @ApiProperty({ type: Number, nullable: true })
  capacity!: number | null;
  @ApiProperty()
  units!: number;
  @ApiProperty({ type: [String] })
  tags!: readonly string[];
  @ApiProperty({ description: 'IANA zone that counts: its own, else the site’s, else the organization’s' })
  timeZone!: string;
  @ApiProperty({ enum: statuses })
  status!: ResourceStatus;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Begin of a maintenance, which may lie ahead' })
  statusFrom!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  statusUntil!: string | null;
  @ApiProperty({ type: String, nullable: true })
  statusReason!: string | null;
  @ApiProperty()
  bookable!: boolean;
  @ApiProperty({ description: 'Whether it is one person’s own at this moment' })
  assigned!: boolean;
  @ApiProperty(policyDoc)
  policy!: PolicyDocument;
  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(RuleResponse) },
    description: 'Every rule that counts, with where it was set',
  })
  rules!: Readonly<Record<string, RuleInForce>>;
  @ApiProperty()
  requiresApproval!: boolean;
  @ApiProperty({ type: String, nullable: true })
  externalId!: string | null;
  @ApiProperty()
  version!: number;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class ResourcePage {
  @ApiProperty({ type: [ResourceResponse] })
  data!: readonly ResourceResponse[];
  @ApiProperty({ type: PageEndResponse })
  page!: PageEndResponse;
  @ApiPropertyOptional({ description: 'With `count=exact`' })
  total?: number;
}

export class TagCount {
  @ApiProperty()
  tag!: string;
  @ApiProperty()
  count!: number;
}

export class TagsResponse {
  @ApiProperty({ type: [TagCount] })
  data!: readonly TagCount[];
}

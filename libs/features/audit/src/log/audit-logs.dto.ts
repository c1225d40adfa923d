import { IsReference } from '@berth/places';
import { IsInstant, IsPlainText, ListQuery, PageEndResponse, ToCommaList } from '@berth/platform/http';
import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsIP, IsOptional, IsString, Length, Matches } from 'class-validator';
import { type AuditEntry, doers, type DoerKind, type FieldChange, type NamedRef, type Way, ways } from './audit-entry';
import type { AuditFilter } from './audit-filter';
import type { AuditDetail, AuditPage } from './audit-log.queries';
import type { AuditFacets, FacetValue } from './facets.queries';

const MOST_ACTIONS = 40;
const outcomes = ['done', 'refused'] as const;

/** What of the log is asked for; all that is given must hold. */
export class AuditFilterRequest implements AuditFilter {
  @ApiPropertyOptional({ format: 'uuid', description: 'Account that did it' })
  @IsOptional()
  @IsReference()
  actor?: string;

  @ApiPropertyOptional({
    type: [String],
    maxItems: MOST_ACTIONS,
    description: 'Types of events, as `resource.updated`; in a query parted by commas',
  })
  @IsOptional()
  @ToCommaList()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_ACTIONS)
  @Matches(/^[a-z_]{1,60}\.[a-z_]{1,60}$/, { each: true })
  action?: string[];

  @ApiPropertyOptional({ description: 'Kind of thing it was done to, as `resources`' })
  @IsOptional()
  @IsString()
  @Matches(/^[a-z-]{1,60}$/)
  object?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'The thing it was done to' })
  @IsOptional()
  @IsReference()
  objectId?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Inclusive' })
  @IsOptional()
  @IsInstant()
  from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Exclusive' })
  @IsOptional()
  @IsInstant()
  to?: string;

  @ApiPropertyOptional({ description: 'IPv4 or IPv6 address it came from' })
  @IsOptional()
  @IsIP()
  address?: string;

  @ApiPropertyOptional({ enum: ways })
  @IsOptional()
  @IsIn(ways)
  via?: Way;

  @ApiPropertyOptional({ enum: outcomes })
  @IsOptional()
  @IsIn(outcomes)
  outcome?: (typeof outcomes)[number];

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: 200,
    description: 'Words in the event, in names of who did it and of what it was done to, or an id',
  })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @IsPlainText()
  q?: string;
}

export class AuditLogQuery extends IntersectionType(ListQuery, AuditFilterRequest) {}

export class NamedRefResponse implements NamedRef {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ type: String, nullable: true })
  name!: string | null;
}

class AuditActorResponse {
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  id!: string | null;
  @ApiProperty({ type: String, nullable: true })
  name!: string | null;
  @ApiProperty({ enum: doers })
  kind!: DoerKind;
}

class AuditViaResponse {
  @ApiProperty({ enum: ways })
  kind!: Way;
  @ApiProperty({ type: String, nullable: true })
  id!: string | null;
  @ApiProperty({ type: String, nullable: true })
  name!: string | null;
}

class AuditObjectResponse {
  @ApiProperty()
  kind!: string;
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ type: String, nullable: true, description: 'As it was called then' })
  name!: string | null;
}

class FieldChangeResponse implements FieldChange {
  @ApiProperty()
  field!: string;
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true, description: 'Any JSON; null where there was nothing' })
  before!: unknown;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'Any JSON; null where there is nothing any more',
  })
  after!: unknown;
}

class AboutEventResponse {
  @ApiProperty({ type: String, nullable: true })
  title!: string | null;
  @ApiProperty({ type: String, nullable: true })
  start!: string | null;
  @ApiProperty({ type: String, nullable: true })
  end!: string | null;
  @ApiProperty({ type: String, nullable: true })
  reason!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Of a refusal the right that is missing, or the route that was asked for' })
  missing!: string | null;
  @ApiProperty({ type: [NamedRefResponse] })
  resources!: readonly NamedRef[];
  @ApiProperty({ type: NamedRefResponse, nullable: true })
  person!: NamedRef | null;
  @ApiProperty({ type: Number, nullable: true })
  count!: number | null;
}

export class AuditEntryResponse implements AuditEntry {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ description: 'Gap-free, in the order things were committed' })
  sequence!: number;
  @ApiProperty({ format: 'date-time' })
  at!: string;
  @ApiProperty({ type: AuditActorResponse })
  actor!: AuditActorResponse;
  @ApiProperty({ type: AuditViaResponse, nullable: true, description: 'What the actor was known by; null where nobody had signed in' })
  via!: AuditViaResponse | null;
  @ApiProperty({ type: NamedRefResponse, nullable: true })
  onBehalfOf!: NamedRef | null;
  @ApiProperty()
  action!: string;
  @ApiProperty({ type: AuditObjectResponse })
  object!: AuditObjectResponse;
  @ApiProperty({ type: String, nullable: true })
  address!: string | null;
  @ApiProperty({ type: String, nullable: true })
  requestId!: string | null;
  @ApiProperty({ enum: outcomes })
  outcome!: AuditEntry['outcome'];
  @ApiProperty({ type: [FieldChangeResponse] })
  changes!: readonly FieldChange[];
  @ApiProperty({ type: AboutEventResponse, description: 'What else a sentence about it says' })
  about!: AboutEventResponse;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, description: 'Names of the ids that stand in the changes' })
  names!: Readonly<Record<string, string>>;
}

export class AuditPageResponse implements AuditPage {
  @ApiProperty({ type: [AuditEntryResponse] })
  data!: readonly AuditEntryResponse[];
  @ApiProperty({ type: PageEndResponse })
  page!: PageEndResponse;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Where little fits, a page ends before it is full: so far back the log was searched, and the cursor goes on from there',
  })
  searchedTo!: string | null;
}

export class AuditEntriesResponse {
  @ApiProperty({ type: [AuditEntryResponse] })
  data!: readonly AuditEntryResponse[];
}

export class AuditDetailResponse extends AuditEntryResponse implements AuditDetail {
  @ApiProperty({ description: 'SHA-256 of the hash before it and the event, hexadecimal' })
  hash!: string;
  @ApiProperty()
  previousHash!: string;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'The facts of the event as they were written' })
  data!: unknown;
  @ApiProperty({ description: 'Texts were taken out of it when a person was erased' })
  isRedacted!: boolean;
}

class FacetValueResponse implements FacetValue {
  @ApiProperty({ description: 'What the filter takes' })
  value!: string;
  @ApiProperty({ type: String, nullable: true })
  name!: string | null;
  @ApiProperty()
  count!: number;
}

class FacetsByKindResponse {
  @ApiProperty({ type: [FacetValueResponse] })
  actor!: readonly FacetValueResponse[];
  @ApiProperty({ type: [FacetValueResponse] })
  action!: readonly FacetValueResponse[];
  @ApiProperty({ type: [FacetValueResponse] })
  object!: readonly FacetValueResponse[];
  @ApiProperty({ type: [FacetValueResponse] })
  via!: readonly FacetValueResponse[];
  @ApiProperty({ type: [FacetValueResponse] })
  address!: readonly FacetValueResponse[];
  @ApiProperty({ type: [FacetValueResponse] })
  outcome!: readonly FacetValueResponse[];
}

export class AuditFacetsResponse implements AuditFacets {
  @ApiProperty({ type: FacetsByKindResponse })
  facets!: FacetsByKindResponse;
  @ApiProperty({ description: 'How many rows were counted, the newest' })
  counted!: number;
  @ApiProperty({ description: 'Whether these are all that fit' })
  isComplete!: boolean;
}

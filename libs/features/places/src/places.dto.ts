import { IsPlainText, IsTimeZone, ListQuery, PageEndResponse } from '@berth/platform/http';
import type { PolicyDocument, PolicyPatch } from '@berth/scheduling';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsNumber, IsObject, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { IfGiven, IsName, IsReference, onText } from './request-values';

const COUNTRY = /^[A-Z]{2}$/;
const policyDoc = { type: 'object', additionalProperties: true, description: 'Booking policy; what it leaves out is inherited' } as const;

export class PlaceQuery extends ListQuery {
  @ApiPropertyOptional({ description: 'Part of the name' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @IsPlainText()
  q?: string;
}

export class FloorQuery extends PlaceQuery {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsReference()
  siteId?: string;
}

export class RoomQuery extends PlaceQuery {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsReference()
  floorId?: string;
}

export class AddSiteRequest {
  @ApiProperty({ minLength: 1, maxLength: 200 })
  @IsName()
  name!: string;

  @ApiProperty({ description: 'ISO 3166-1 alpha-2', pattern: '^[A-Z]{2}$' })
  @onText((it) => it.toUpperCase())
  @Matches(COUNTRY, { message: 'is a country code like DE' })
  countryCode!: string;

  @ApiProperty({ description: 'IANA zone' })
  @IsTimeZone()
  timeZone!: string;

  @ApiPropertyOptional({ type: Number, nullable: true, minimum: -90, maximum: 90 })
  @IsOptional()
  @IsNumber()
  @Min(-90)
  @Max(90)
  latitude?: number | null;

  @ApiPropertyOptional({ type: Number, nullable: true, minimum: -180, maximum: 180 })
  @IsOptional()
  @IsNumber()
  @Min(-180)
  @Max(180)
  longitude?: number | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 500 })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  @IsPlainText()
  address?: string | null;

  @ApiPropertyOptional({ ...policyDoc, nullable: true })
  @IsOptional()
  @IsObject()
  policy?: PolicyPatch | null;
}

/** Merge patch (RFC 7396). */
export class ChangeSiteRequest {
  @ApiPropertyOptional({ minLength: 1, maxLength: 200 })
  @IfGiven()
  @IsName()
  name?: string;

  @ApiPropertyOptional({ type: String, nullable: true, pattern: '^[A-Z]{2}$' })
  @IsOptional()
  @onText((it) => it.toUpperCase())
  @Matches(COUNTRY, { message: 'is a country code like DE' })
  countryCode?: string | null;

  @ApiPropertyOptional({ description: 'IANA zone' })
  @IfGiven()
  @IsTimeZone()
  timeZone?: string;

  @ApiPropertyOptional({ type: Number, nullable: true, minimum: -90, maximum: 90 })
  @IsOptional()
  @IsNumber()
  @Min(-90)
  @Max(90)
  latitude?: number | null;

  @ApiPropertyOptional({ type: Number, nullable: true, minimum: -180, maximum: 180 })
  @IsOptional()
  @IsNumber()
  @Min(-180)
  @Max(180)
  longitude?: number | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 500 })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  @IsPlainText()
  address?: string | null;

  @ApiPropertyOptional({ ...policyDoc, nullable: true })
  @IsOptional()
  @IsObject()
  policy?: PolicyPatch | null;
}

export class SiteResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ type: String, nullable: true, description: 'ISO 3166-1 alpha-2' })
  countryCode!: string | null;
  @ApiProperty({ description: 'IANA zone' })
  timeZone!: string;
  @ApiProperty({ type: Number, nullable: true })
  latitude!: number | null;
  @ApiProperty({ type: Number, nullable: true })
  longitude!: number | null;
  @ApiProperty({ type: String, nullable: true })
  address!: string | null;
  @ApiProperty(policyDoc)
  policy!: PolicyDocument;
  @ApiProperty({ description: 'Resources there that are not archived' })
  resourceCount!: number;
  @ApiProperty()
  version!: number;
}

export class SitePage {
  @ApiProperty({ type: [SiteResponse] })
  data!: readonly SiteResponse[];
  @ApiProperty({ type: PageEndResponse })
  page!: PageEndResponse;
}

export class AddFloorRequest {
  @ApiProperty({ format: 'uuid' })
  @IsReference()
  siteId!: string;

  @ApiProperty({ minLength: 1, maxLength: 200 })
  @IsName()
  name!: string;

  @ApiPropertyOptional({ type: Number, nullable: true, minimum: -1000, maximum: 1000, description: 'From the ground up' })
  @IsOptional()
  @IsInt()
  @Min(-1000)
  @Max(1000)
  level?: number | null;
}

/** Merge patch (RFC 7396). */
export class ChangeFloorRequest {
  @ApiPropertyOptional({ minLength: 1, maxLength: 200 })
  @IfGiven()
  @IsName()
  name?: string;

  @ApiPropertyOptional({ type: Number, nullable: true, minimum: -1000, maximum: 1000 })
  @IsOptional()
  @IsInt()
  @Min(-1000)
  @Max(1000)
  level?: number | null;
}

export class FloorResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ format: 'uuid' })
  siteId!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ type: Number, nullable: true })
  level!: number | null;
  @ApiProperty()
  version!: number;
}

export class FloorPage {
  @ApiProperty({ type: [FloorResponse] })
  data!: readonly FloorResponse[];
  @ApiProperty({ type: PageEndResponse })
  page!: PageEndResponse;
}

export class AddRoomRequest {
  @ApiProperty({ format: 'uuid' })
  @IsReference()
  floorId!: string;

  @ApiProperty({ minLength: 1, maxLength: 200 })
  @IsName()
  name!: string;
}

/** Merge patch (RFC 7396). */
export class ChangeRoomRequest {
  @ApiPropertyOptional({ minLength: 1, maxLength: 200 })
  @IfGiven()
  @IsName()
  name?: string;
}

export class RoomResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ format: 'uuid' })
  floorId!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty()
  version!: number;
}

export class RoomPage {
  @ApiProperty({ type: [RoomResponse] })
  data!: readonly RoomResponse[];
  @ApiProperty({ type: PageEndResponse })
  page!: PageEndResponse;
}

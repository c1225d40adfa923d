import { IsReference } from '@berth/places';
import { IsPlainText, ToList } from '@berth/platform/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { limits } from '../catalogue/resource-limits';
import type { AvailabilityRows, RowRules } from './availability-rows';

const MAX_ROWS = 2000;

export class AvailabilityRowsQuery {
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

  @ApiPropertyOptional({ minimum: 1, maximum: MAX_ROWS, default: MAX_ROWS })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_ROWS)
  limit: number = MAX_ROWS;
}

export class RowTypeResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  key!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty()
  icon!: string;
}

export class RowSiteResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty()
  timeZone!: string;
}

export class RowFloorResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ format: 'uuid' })
  siteId!: string;
}

export class RowRulesResponse implements RowRules {
  @ApiProperty({ format: 'duration' })
  minDuration!: string;
  @ApiProperty({ format: 'duration' })
  maxDuration!: string;
  @ApiProperty({ format: 'duration' })
  slotStep!: string;
  @ApiProperty({ format: 'duration' })
  minNotice!: string;
  @ApiProperty({ format: 'duration' })
  horizon!: string;
  @ApiProperty({ format: 'duration' })
  bufferBefore!: string;
  @ApiProperty({ format: 'duration' })
  bufferAfter!: string;
  @ApiProperty({ description: 'Whether somebody must approve' })
  approval!: boolean;
  @ApiProperty()
  mayLeaveOpenHours!: boolean;
}

/** One array a property, all of one length. */
export class RowsResponse {
  @ApiProperty({ type: [String] })
  id!: readonly string[];
  @ApiProperty({ type: [String] })
  name!: readonly string[];
  @ApiProperty({ type: [Number], description: 'Index in `types`' })
  type!: readonly number[];
  @ApiProperty({ type: [Number], description: 'Index in `sites`, -1 for none' })
  site!: readonly number[];
  @ApiProperty({ type: [Number], description: 'Index in `floors`, -1 for none' })
  floor!: readonly number[];
  @ApiProperty({ type: [Number], description: 'Index of the row it is a part of, -1 for none' })
  parent!: readonly number[];
  @ApiProperty({ type: [Number] })
  depth!: readonly number[];
  @ApiProperty({ type: 'array', items: { type: 'number', nullable: true } })
  capacity!: readonly (number | null)[];
  @ApiProperty({ type: [Number] })
  units!: readonly number[];
  @ApiProperty({ type: 'array', items: { type: 'string', enum: ['available', 'maintenance'] } })
  status!: readonly ('available' | 'maintenance')[];
  @ApiProperty({ type: [Boolean] })
  bookable!: readonly boolean[];
  @ApiProperty({ type: [Number], description: 'Index in `zones`' })
  zone!: readonly number[];
  @ApiProperty({ type: [Number], description: 'Index in `rules`' })
  rules!: readonly number[];
  @ApiProperty({ type: 'array', items: { type: 'array', items: { type: 'string' } } })
  tags!: readonly (readonly string[])[];
}

export class AvailabilityRowsResponse implements AvailabilityRows {
  @ApiProperty({ description: 'Matching resources, also those beyond the limit' })
  total!: number;
  @ApiProperty({ type: [RowTypeResponse] })
  types!: readonly RowTypeResponse[];
  @ApiProperty({ type: [RowSiteResponse] })
  sites!: readonly RowSiteResponse[];
  @ApiProperty({ type: [RowFloorResponse] })
  floors!: readonly RowFloorResponse[];
  @ApiProperty({ type: [RowRulesResponse] })
  rules!: readonly RowRulesResponse[];
  @ApiProperty({ type: [String], description: 'IANA zones' })
  zones!: readonly string[];
  @ApiProperty({ type: RowsResponse })
  rows!: RowsResponse;
}

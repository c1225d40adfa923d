import { IfGiven, IsName, IsReference } from '@berth/places';
import { IsPlainText } from '@berth/platform/http';
import { resourceLimits } from '@berth/resources';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsDefined,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { searchSorts } from '../candidates.queries';
import { flexibilities } from './saved-search';

const MAX_MINUTES = 31 * 1440;

/** What is searched for, without a date. What it names may be gone when it is asked again; it then finds nothing. */
export class SavedSearchQuery {
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
  siteId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IfGiven()
  @IsReference()
  floorId?: string;

  @ApiPropertyOptional({ type: Number, minimum: 1 })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(resourceLimits.capacity)
  capacity?: number;

  @ApiPropertyOptional({ type: [String] })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(resourceLimits.tags)
  @IsString({ each: true })
  @Length(1, resourceLimits.tag, { each: true })
  @IsPlainText({ each: true })
  tags?: string[];

  @ApiPropertyOptional({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', description: 'Without it, now' })
  @IfGiven()
  @IsString()
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/)
  start?: string;

  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: MAX_MINUTES })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(MAX_MINUTES)
  durationMinutes?: number;

  @ApiPropertyOptional({ enum: flexibilities, description: 'At that start, two hours around it, or any time of the day' })
  @IfGiven()
  @IsIn(flexibilities)
  flexible?: (typeof flexibilities)[number];

  @ApiPropertyOptional({ enum: searchSorts })
  @IfGiven()
  @IsIn(searchSorts)
  sort?: string;
}

export class SaveSearchRequest {
  @ApiProperty({ minLength: 1, maxLength: 200 })
  @IsName()
  name!: string;

  @ApiProperty({ type: SavedSearchQuery })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => SavedSearchQuery)
  query!: SavedSearchQuery;
}

/** Merge patch (RFC 7396) of the name; a query is replaced as a whole. */
export class ChangeSavedSearchRequest {
  @ApiPropertyOptional({ minLength: 1, maxLength: 200 })
  @IfGiven()
  @IsName()
  name?: string;

  @ApiPropertyOptional({ type: SavedSearchQuery })
  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => SavedSearchQuery)
  query?: SavedSearchQuery;
}

export class SavedSearchResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ type: SavedSearchQuery })
  query!: object;
  @ApiProperty()
  version!: number;
}

export class SavedSearchesResponse {
  @ApiProperty({ type: [SavedSearchResponse] })
  data!: readonly SavedSearchResponse[];
}

export const suggestionKinds = ['resource', 'type', 'site', 'floor', 'tag'] as const;

export class SuggestionsQuery {
  @ApiProperty({ minLength: 1, maxLength: 100, description: 'What was typed so far' })
  @IsString()
  @Length(1, 100)
  @IsPlainText()
  q!: string;
}

export class NameSuggestionResponse {
  @ApiProperty({ enum: suggestionKinds })
  kind!: string;
  @ApiProperty({ description: 'What a search takes: an id, the key of a type, or the tag itself' })
  value!: string;
  @ApiProperty()
  label!: string;
  @ApiProperty({ type: String, nullable: true, description: 'Where it is' })
  place!: string | null;
}

export class NameSuggestionsResponse {
  @ApiProperty({ type: [NameSuggestionResponse] })
  data!: readonly NameSuggestionResponse[];
}

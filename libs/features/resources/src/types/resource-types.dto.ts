import { IfGiven, IsName, Trimmed } from '@berth/places';
import { IsPlainText, ListQuery, PageEndResponse } from '@berth/platform/http';
import {
  CUSTOM_FIELD_KINDS,
  type CustomField,
  type CustomFieldKind,
  type CustomValue,
  type PolicyDocument,
  type PolicyPatch,
} from '@berth/scheduling';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  Allow,
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { type CalendarUserType, calendarUserTypes } from './resource-type';

const KEY = /^[a-z0-9][a-z0-9-]{0,62}$/;
const ICON = /^[a-z0-9][a-z0-9-]{0,62}$/;
const policyDoc = { type: 'object', additionalProperties: true, description: 'Booking policy; what it leaves out is inherited' } as const;

export class ResourceTypeQuery extends ListQuery {
  @ApiPropertyOptional({ description: 'Part of name or key' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @IsPlainText()
  q?: string;
}

const FIELD_KEY = /^[a-z][a-zA-Z0-9_]{0,39}$/;

const PERSONAL = 'Whether answers go when the person is erased; the others stay with the reservation, for figures';

/** A question to whoever books a resource of the type. */
export class CustomFieldRequest {
  @ApiProperty({ pattern: FIELD_KEY.source, description: 'Stable word for programs and files' })
  @IsString()
  @Matches(FIELD_KEY, { message: 'takes up to 40 letters, digits and underscores, a small letter first' })
  key!: string;

  @ApiProperty({ minLength: 1, maxLength: 200 })
  @IsName()
  label!: string;

  @ApiProperty({ enum: CUSTOM_FIELD_KINDS })
  @IsIn(CUSTOM_FIELD_KINDS)
  kind!: CustomFieldKind;

  @ApiPropertyOptional({ default: false })
  @IfGiven()
  @IsBoolean()
  required: boolean = false;

  @ApiPropertyOptional({ type: [String], maxItems: 100, description: 'What a `select` takes' })
  @ValidateIf((it: CustomFieldRequest) => it.kind === 'select' || it.options?.length > 0)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 200, { each: true })
  options: string[] = [];

  @ApiPropertyOptional({
    oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }],
    description: 'The answer of who says nothing; of the kind of the field',
  })
  @Allow()
  default?: CustomValue;

  @ApiPropertyOptional({ default: true, description: PERSONAL })
  @IfGiven()
  @IsBoolean()
  personal: boolean = true;
}

export class AddResourceTypeRequest {
  @ApiProperty({ pattern: KEY.source, description: 'Stable word for programs and files' })
  @Trimmed()
  @IsString()
  @Matches(KEY, { message: 'takes up to 63 lower-case letters, digits and hyphens' })
  key!: string;

  @ApiProperty({ minLength: 1, maxLength: 200 })
  @IsName()
  name!: string;

  @ApiProperty({ enum: calendarUserTypes, description: 'What calendars take its resources for (RFC 5545 §3.2.3)' })
  @IsIn(calendarUserTypes)
  cutype!: CalendarUserType;

  @ApiPropertyOptional({ default: 'box', description: 'Name of an icon of the console' })
  @IfGiven()
  @IsString()
  @Matches(ICON, { message: 'is the name of an icon like door-open' })
  icon?: string;

  @ApiPropertyOptional({ ...policyDoc, nullable: true })
  @IsOptional()
  @IsObject()
  policy?: PolicyPatch | null;

  @ApiPropertyOptional({ type: [CustomFieldRequest], maxItems: 30, description: 'What whoever books one is asked; all of them' })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(30)
  @ArrayUnique((it: CustomFieldRequest) => it.key)
  @ValidateNested({ each: true })
  @Type(() => CustomFieldRequest)
  fields?: CustomFieldRequest[];
}

/** Merge patch (RFC 7396). */
export class ChangeResourceTypeRequest {
  @ApiPropertyOptional({ minLength: 1, maxLength: 200 })
  @IfGiven()
  @IsName()
  name?: string;

  @ApiPropertyOptional({ enum: calendarUserTypes })
  @IfGiven()
  @IsIn(calendarUserTypes)
  cutype?: CalendarUserType;

  @ApiPropertyOptional()
  @IfGiven()
  @IsString()
  @Matches(ICON, { message: 'is the name of an icon like door-open' })
  icon?: string;

  @ApiPropertyOptional({ ...policyDoc, nullable: true })
  @IsOptional()
  @IsObject()
  policy?: PolicyPatch | null;

  @ApiPropertyOptional({ type: [CustomFieldRequest], maxItems: 30, description: 'What whoever books one is asked; all of them' })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(30)
  @ArrayUnique((it: CustomFieldRequest) => it.key)
  @ValidateNested({ each: true })
  @Type(() => CustomFieldRequest)
  fields?: CustomFieldRequest[];
}

export class CustomFieldResponse implements CustomField {
  @ApiProperty({ description: 'Stable word for programs and files' })
  key!: string;
  @ApiProperty()
  label!: string;
  @ApiProperty({ enum: CUSTOM_FIELD_KINDS })
  kind!: CustomFieldKind;
  @ApiProperty()
  required!: boolean;
  @ApiProperty({ type: [String], description: 'What a `select` takes; empty for the others' })
  options!: readonly string[];
  @ApiPropertyOptional({
    oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }],
    description: 'The answer of who says nothing',
  })
  default?: CustomValue;
  @ApiProperty({ description: PERSONAL })
  personal!: boolean;
}

export class ResourceTypeResponse {
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
  @ApiProperty({ description: 'Taken where a new resource names none' })
  isDefault!: boolean;
  @ApiProperty(policyDoc)
  policy!: PolicyDocument;
  @ApiProperty({ type: [CustomFieldResponse], description: 'What whoever books one is asked' })
  fields!: readonly CustomField[];
  @ApiProperty({ description: 'Resources of it that are not archived' })
  resourceCount!: number;
  @ApiProperty()
  version!: number;
}

export class ResourceTypePage {
  @ApiProperty({ type: [ResourceTypeResponse] })
  data!: readonly ResourceTypeResponse[];
  @ApiProperty({ type: PageEndResponse })
  page!: PageEndResponse;
}

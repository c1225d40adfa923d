import { roles, type Role } from '@berth/contracts';
import { IsPlainText, ListQuery, PageEndResponse } from '@berth/platform/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

const DOMAIN = /^(?=.{1,253}$)[a-z0-9-]+(\.[a-z0-9-]+)+$/;
const trimmed = Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));
const lowerCased = Transform(({ value }: { value: unknown }) =>
  Array.isArray(value) ? value.map((it: unknown) => (typeof it === 'string' ? it.trim().toLowerCase() : it)) : value,
);

export class GroupRuleRequest {
  @ApiPropertyOptional({ enum: roles, isArray: true, description: 'The role of the account is one of these' })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(roles, { each: true })
  roles?: Role[];

  @ApiPropertyOptional({ type: [String], description: 'The e-mail address is at one of these domains, and its owner has proved it' })
  @ValidateIf((it: GroupRuleRequest) => it.domains !== undefined || it.roles === undefined)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @lowerCased
  @ArrayUnique()
  @Matches(DOMAIN, { each: true, message: 'is a domain like acme.example' })
  domains?: string[];
}

export class AddGroupRequest {
  @ApiProperty({ minLength: 1, maxLength: 200 })
  @trimmed
  @IsString()
  @Length(1, 200)
  @IsPlainText()
  name!: string;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 1000 })
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  @IsPlainText()
  description?: string | null;

  @ApiPropertyOptional({
    type: GroupRuleRequest,
    description: 'Whoever fits it is in the group; without one, members are named one by one',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => GroupRuleRequest)
  rule?: GroupRuleRequest;
}

/** Merge patch (RFC 7396). */
export class ChangeGroupRequest {
  @ApiPropertyOptional({ minLength: 1, maxLength: 200 })
  @ValidateIf((_: object, value: unknown) => value !== undefined)
  @trimmed
  @IsString()
  @Length(1, 200)
  @IsPlainText()
  name?: string;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 1000 })
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  @IsPlainText()
  description?: string | null;

  @ApiPropertyOptional({ type: GroupRuleRequest })
  @ValidateIf((_: object, value: unknown) => value !== undefined)
  @ValidateNested()
  @Type(() => GroupRuleRequest)
  rule?: GroupRuleRequest;
}

export class AddMemberRequest {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  accountId!: string;

  @ApiPropertyOptional({ default: false, description: 'May decide who else is in the group' })
  @IsOptional()
  @IsBoolean()
  mayAddMembers?: boolean;
}

export class GroupsQuery extends ListQuery {
  @ApiPropertyOptional({ description: 'Part of the name' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @IsPlainText()
  q?: string;
}

export class MembersQuery extends ListQuery {
  @ApiPropertyOptional({ description: 'Part of the name or the address' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @IsPlainText()
  q?: string;
}

export class GroupRuleResponse {
  @ApiPropertyOptional({ enum: roles, isArray: true })
  roles?: Role[];
  @ApiPropertyOptional({ type: [String] })
  domains?: string[];
}

export class GroupResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ type: String, nullable: true })
  description!: string | null;
  @ApiProperty({ enum: ['static', 'rule'] })
  kind!: 'static' | 'rule';
  @ApiProperty({ type: GroupRuleResponse, nullable: true })
  rule!: GroupRuleResponse | null;
  @ApiProperty()
  memberCount!: number;
  @ApiProperty({ description: 'Whether the caller may decide who is in it' })
  mayAddMembers!: boolean;
  @ApiProperty()
  version!: number;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class GroupsPage {
  @ApiProperty({ type: [GroupResponse] })
  data!: GroupResponse[];
  @ApiProperty({ type: PageEndResponse })
  page!: PageEndResponse;
}

export class MemberResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  displayName!: string;
  @ApiProperty()
  email!: string;
  @ApiProperty()
  mayAddMembers!: boolean;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Name of the provider whose groups put the person here; null where somebody did',
  })
  managedBy!: string | null;
}

export class MembersPage {
  @ApiProperty({ type: [MemberResponse] })
  data!: MemberResponse[];
  @ApiProperty({ type: PageEndResponse })
  page!: PageEndResponse;
}

export class FittingResponse {
  @ApiProperty()
  count!: number;
}

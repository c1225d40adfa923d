import { allPermissions, type Permission } from '@berth/contracts';
import { IsInstant, IsPlainText, ListQuery, PageEndResponse } from '@berth/platform/http';
import { GATE_MODES, type GateMode } from '@berth/scheduling';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  MaxLength,
  ValidateIf,
} from 'class-validator';
import { NamedResponse, RoleRefResponse } from './named.dto';

const SCOPE = /^(organization|(site|resource):[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;
const SCOPE_MESSAGE = 'is organization, site:ID or resource:ID';
const trimmed = Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));
const ifGiven = ValidateIf((_: object, value: unknown) => value !== undefined);
const roleIdDoc = { description: 'Key of a built-in role, or id of one of the organization’s own', maxLength: 64 } as const;

export class PermissionsRequest {
  @ApiProperty({ enum: allPermissions, isArray: true })
  @IsArray()
  @ArrayMaxSize(allPermissions.length)
  @ArrayUnique()
  @IsIn(allPermissions, { each: true })
  permissions!: Permission[];
}

export class AddRoleRequest extends PermissionsRequest {
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
}

/** Merge patch (RFC 7396). */
export class ChangeRoleRequest {
  @ApiPropertyOptional({ minLength: 1, maxLength: 200 })
  @ifGiven
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

  @ApiPropertyOptional({ enum: allPermissions, isArray: true })
  @ifGiven
  @IsArray()
  @ArrayMaxSize(allPermissions.length)
  @ArrayUnique()
  @IsIn(allPermissions, { each: true })
  permissions?: Permission[];
}

export class AssignRoleRequest {
  @ApiProperty(roleIdDoc)
  @IsString()
  @Length(1, 64)
  @IsPlainText()
  roleId!: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'The person, or' })
  @ifGiven
  @IsUUID()
  accountId?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'the group that gets it' })
  @ifGiven
  @IsUUID()
  groupId?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Only at this site, or' })
  @ifGiven
  @IsUUID()
  siteId?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'only of this resource and its parts' })
  @ifGiven
  @IsUUID()
  resourceId?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  @ifGiven
  @IsInstant()
  from?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  @ifGiven
  @IsInstant()
  until?: string;
}

export class AssignmentsQuery extends ListQuery {
  @ApiPropertyOptional(roleIdDoc)
  @IsOptional()
  @IsString()
  @Length(1, 64)
  @IsPlainText()
  role?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  user?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  group?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  siteId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  resourceId?: string;

  @ApiPropertyOptional({ description: '`organization`, `site:ID` or `resource:ID`: all that count there, also what was given above it' })
  @IsOptional()
  @Matches(SCOPE, { message: SCOPE_MESSAGE })
  at?: string;
}

export class ExplainQuery {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  user!: string;

  @ApiProperty({ enum: allPermissions })
  @IsIn(allPermissions)
  permission!: Permission;

  @ApiPropertyOptional({ description: '`organization`, `site:ID` or `resource:ID`', default: 'organization' })
  @IsOptional()
  @Matches(SCOPE, { message: SCOPE_MESSAGE })
  scope?: string;
}

/** The place a scope names; the organization is none. */
export function placeOf(scope = 'organization'): { siteId?: string; resourceId?: string } {
  const [kind, id] = scope.split(':');
  return kind === 'site' ? { siteId: id } : kind === 'resource' ? { resourceId: id } : {};
}

export class PermissionResponse {
  @ApiProperty({ enum: allPermissions })
  name!: Permission;
  @ApiProperty()
  allows!: string;
  @ApiProperty({ description: 'Whether it can be given at a site or a resource alone' })
  placeable!: boolean;
}

export class PermissionsResponse {
  @ApiProperty({ type: [PermissionResponse] })
  data!: PermissionResponse[];
}

export class RoleResponse {
  @ApiProperty({ description: 'Key of a built-in role, id of one of the organization’s own' })
  id!: string;
  @ApiProperty({ type: String, nullable: true, description: 'null for a built-in role' })
  name!: string | null;
  @ApiProperty({ type: String, nullable: true })
  description!: string | null;
  @ApiProperty()
  isBuiltIn!: boolean;
  @ApiProperty({ enum: allPermissions, isArray: true })
  permissions!: Permission[];
  @ApiProperty({ description: 'People who have it now' })
  holderCount!: number;
  @ApiProperty()
  version!: number;
}

export class RolesResponse {
  @ApiProperty({ type: [RoleResponse] })
  data!: RoleResponse[];
}

export class HolderResponse extends NamedResponse {
  @ApiProperty({ enum: ['person', 'group'] })
  kind!: 'person' | 'group';
}

export class PlaceResponse extends NamedResponse {
  @ApiProperty({ enum: ['organization', 'site', 'resource'] })
  kind!: 'organization' | 'site' | 'resource';
}

export class AssignmentResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ type: RoleRefResponse })
  role!: RoleRefResponse;
  @ApiProperty({ type: HolderResponse })
  holder!: HolderResponse;
  @ApiProperty({ type: PlaceResponse })
  place!: PlaceResponse;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  from!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  until!: string | null;
  @ApiProperty({ type: NamedResponse, nullable: true })
  grantedBy!: NamedResponse | null;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class AssignmentsPage {
  @ApiProperty({ type: [AssignmentResponse] })
  data!: AssignmentResponse[];
  @ApiProperty({ type: PageEndResponse })
  page!: PageEndResponse;
}

export class PlaceRefResponse {
  @ApiProperty({ enum: ['organization', 'site', 'resource'] })
  kind!: 'organization' | 'site' | 'resource';
  @ApiProperty({ format: 'uuid' })
  id!: string;
}

export class PlaceCountResponse {
  @ApiProperty({ type: PlaceRefResponse })
  place!: PlaceRefResponse;
  @ApiProperty({ description: 'Assignments of it that are not over' })
  count!: number;
}

export class PlaceCountsResponse {
  @ApiProperty({ type: [PlaceCountResponse], description: 'At most 2,000, those with most of them first' })
  data!: PlaceCountResponse[];
}

export class GateGroupResponse extends NamedResponse {
  @ApiProperty({ description: 'Whether the person is in it' })
  isIn!: boolean;
}

export class ExplainedGateResponse {
  @ApiProperty({ enum: ['see', 'book'] })
  verb!: 'see' | 'book';
  @ApiProperty({ enum: ['site', 'resource'] })
  level!: 'site' | 'resource';
  @ApiProperty({ type: NamedResponse })
  place!: NamedResponse;
  @ApiProperty({ enum: GATE_MODES })
  mode!: GateMode;
  @ApiProperty({ description: 'Whether it lets the person through' })
  isOpen!: boolean;
  @ApiProperty({ type: [GateGroupResponse], description: 'Open to their members while the mode is groups' })
  groups!: GateGroupResponse[];
}

export class ExplanationResponse {
  @ApiProperty({ description: 'The right is there and every gate that counts for it is open' })
  allowed!: boolean;
  @ApiProperty({ description: 'The right is there, whatever the gates say' })
  hasRight!: boolean;
  @ApiProperty({ type: [ExplainedGateResponse], description: 'Gates of the place that count for it, from the site down' })
  gates!: ExplainedGateResponse[];
  @ApiProperty({ type: Boolean, nullable: true, description: 'Whether they may see the place; null where none is named' })
  sees!: boolean | null;
  @ApiProperty({ enum: allPermissions })
  permission!: Permission;
  @ApiProperty({ description: '`organization`, `site:ID` or `resource:ID`' })
  scope!: string;
  @ApiProperty({ type: String, nullable: true, description: 'The role of the account, where that allows it everywhere' })
  byRole!: string | null;
  @ApiProperty({ type: [AssignmentResponse] })
  assignments!: AssignmentResponse[];
  @ApiProperty({ type: [AssignmentResponse], description: 'What would allow it elsewhere, or at another time' })
  elsewhere!: AssignmentResponse[];
  @ApiProperty({ type: [RoleRefResponse], description: 'Roles that would allow it there' })
  roles!: RoleRefResponse[];
  @ApiProperty({ type: [NamedResponse], description: 'Who can give it there' })
  grantors!: NamedResponse[];
}

export class TouchedPersonResponse extends NamedResponse {
  @ApiProperty({ enum: allPermissions, isArray: true })
  gains!: Permission[];
  @ApiProperty({ enum: allPermissions, isArray: true })
  loses!: Permission[];
}

export class RolePreviewResponse {
  @ApiProperty({ description: 'People who could do something they cannot do now' })
  gain!: number;
  @ApiProperty({ description: 'People who could no longer do something they can do now' })
  lose!: number;
  @ApiProperty({ type: [TouchedPersonResponse] })
  people!: TouchedPersonResponse[];
}

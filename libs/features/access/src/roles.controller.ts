import { allPermissions, permissions, placeable } from '@berth/contracts';
import type { Page } from '@berth/kernel';
import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe, RequiredIfMatch } from '@berth/platform/http';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  AddRoleRequest,
  AssignmentResponse,
  AssignmentsPage,
  AssignmentsQuery,
  AssignRoleRequest,
  ChangeRoleRequest,
  ExplainQuery,
  ExplanationResponse,
  PermissionsRequest,
  PermissionsResponse,
  PlaceCountsResponse,
  placeOf,
  RolePreviewResponse,
  RoleResponse,
  RolesResponse,
} from './access.dto';
import { AddRole } from './add-role';
import { AssignRole } from './assign-role';
import type { Assignment } from './assignment';
import { AssignmentsQueries, type PlaceCount } from './assignments.queries';
import { ChangeRole } from './change-role';
import { DeleteRole } from './delete-role';
import { type Explanation, ExplainQueries } from './explain.queries';
import { type RolePreview, RolePreviewQueries } from './preview-role.queries';
import { RevokeAssignment } from './revoke-assignment';
import type { Role } from './role';
import { RolesQueries } from './roles.queries';

/** Roles, who has them where, and why somebody can or cannot do something. */
@ApiTags('people')
@Controller('roles')
export class RolesController {
  constructor(
    private readonly queries: RolesQueries,
    private readonly assignments: AssignmentsQueries,
    private readonly explanations: ExplainQueries,
    private readonly previews: RolePreviewQueries,
    private readonly addRole: AddRole,
    private readonly changeRole: ChangeRole,
    private readonly deleteRole: DeleteRole,
    private readonly assignRole: AssignRole,
    private readonly revokeAssignment: RevokeAssignment,
  ) {}

  /** Every role: the built-in ones, then the organization’s own by name. */
  @Get()
  @Requires('role:read', 'somewhere')
  @ApiOkResponse({ type: RolesResponse })
  list(@CurrentActor() actor: Actor): Promise<{ data: Role[] }> {
    return this.queries.all(actor);
  }

  /** Makes a role; it allows at most what its maker may do in the whole organization. */
  @Post()
  @Requires('role:manage')
  @ApiCreatedResponse({ type: RoleResponse })
  @ApiProblems('validation-failed', 'already-exists', 'idempotency-key-reused')
  create(@CurrentActor() actor: Actor, @Body() { name, description, permissions: allowed }: AddRoleRequest): Promise<Role> {
    return this.addRole.execute(actor, { name, description: description ?? null, permissions: allowed });
  }

  /** Every right there is. */
  @Get('permissions')
  @Requires('role:read', 'somewhere')
  @ApiOkResponse({ type: PermissionsResponse })
  permissions(): PermissionsResponse {
    return { data: allPermissions.map((name) => ({ name, allows: permissions[name], placeable: placeable.has(name) })) };
  }

  /** Who has which role where, newest first, one page at a time; of places in which the caller may read it. */
  @Get('assignments')
  @Requires('role:read', 'somewhere')
  @ApiOkResponse({ type: AssignmentsPage })
  @ApiProblems('validation-failed', 'unknown-parameter', 'invalid-cursor', 'not-found')
  assigned(@CurrentActor() actor: Actor, @Query() { at, ...query }: AssignmentsQuery): Promise<Page<Assignment>> {
    return this.assignments.page(actor, { ...query, ...(at !== undefined && { at: placeOf(at) }) });
  }

  /** Places in which roles have somebody, with how many. */
  @Get('places')
  @Requires('role:read', 'somewhere')
  @ApiOkResponse({ type: PlaceCountsResponse })
  async places(@CurrentActor() actor: Actor): Promise<{ data: PlaceCount[] }> {
    return { data: await this.assignments.places(actor) };
  }

  /** Gives a role to a person or a group; never more than the caller has there, nor for longer, nor to oneself. */
  @Post('assignments')
  @Requires('role:assign', 'somewhere')
  @ApiCreatedResponse({ type: AssignmentResponse })
  @ApiProblems('validation-failed', 'not-found', 'invalid-reference', 'already-exists', 'idempotency-key-reused')
  assign(@CurrentActor() actor: Actor, @Body() { from, until, ...request }: AssignRoleRequest): Promise<Assignment> {
    return this.assignRole.execute(actor, { ...request, ...(from && { from: new Date(from) }), ...(until && { until: new Date(until) }) });
  }

  /** Takes a role away; never one’s own, nor more than the caller has there. */
  @Delete('assignments/:id')
  @HttpCode(204)
  @Requires('role:assign', 'somewhere')
  @ApiNoContentResponse()
  @ApiProblems('not-found')
  revoke(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.revokeAssignment.execute(actor, id);
  }

  /** Why somebody can or cannot do something somewhere: what allows it, or what would and who can give it. */
  @Get('explain')
  @Requires('role:read', 'somewhere')
  @ApiOkResponse({ type: ExplanationResponse })
  @ApiProblems('validation-failed', 'unknown-parameter', 'not-found')
  explain(@CurrentActor() actor: Actor, @Query() { user, permission, scope }: ExplainQuery): Promise<Explanation> {
    return this.explanations.explain(actor, { user, permission, ...placeOf(scope) });
  }

  /** One role: a built-in one by its key, one of the organization’s own by its id. */
  @Get(':id')
  @Requires('role:read', 'somewhere')
  @ApiOkResponse({ type: RoleResponse })
  @ApiProblems('not-found')
  get(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Role> {
    return this.queries.one(actor, id);
  }

  /** Changes a role for everybody who has it: merge patch. Never a built-in one, nor one the caller has. */
  @Patch(':id')
  @Requires('role:manage')
  @ApiOkResponse({ type: RoleResponse })
  @ApiProblems('validation-failed', 'not-found', 'already-exists', 'idempotency-key-reused')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @RequiredIfMatch() version: number,
    @Body() patch: ChangeRoleRequest,
  ): Promise<Role> {
    return this.changeRole.execute(actor, { id, version, patch });
  }

  /** Deletes a role that nobody has. */
  @Delete(':id')
  @HttpCode(204)
  @Requires('role:manage')
  @ApiNoContentResponse()
  @ApiProblems('not-found', 'still-in-use')
  remove(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string, @RequiredIfMatch() version: number): Promise<void> {
    return this.deleteRole.execute(actor, id, version);
  }

  /** How many people would gain and lose by a change of a role, before it is made. */
  @Post(':id/preview')
  @HttpCode(200)
  @Requires('role:read')
  @ApiOkResponse({ type: RolePreviewResponse })
  @ApiProblems('validation-failed', 'not-found', 'idempotency-key-reused')
  preview(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() { permissions: allowed }: PermissionsRequest,
  ): Promise<RolePreview> {
    return this.previews.of(actor, id, allowed);
  }
}

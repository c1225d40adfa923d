import type { Page } from '@berth/kernel';
import { ClosedToStandIns, CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe, RequiredIfMatch } from '@berth/platform/http';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AddGroup } from './add-group';
import { ChangeGroup } from './change-group';
import { ChangeMembership } from './change-membership';
import { DeleteGroup } from './delete-group';
import type { Group, Member } from './group';
import {
  AddGroupRequest,
  AddMemberRequest,
  ChangeGroupRequest,
  FittingResponse,
  GroupResponse,
  GroupRuleRequest,
  GroupsPage,
  GroupsQuery,
  MembersPage,
  MembersQuery,
} from './groups.dto';
import { GroupsQueries } from './groups.queries';

/** People who share gates, approvals or roles. */
@ApiTags('people')
@Controller('groups')
export class GroupsController {
  constructor(
    private readonly queries: GroupsQueries,
    private readonly addGroup: AddGroup,
    private readonly changeGroup: ChangeGroup,
    private readonly deleteGroup: DeleteGroup,
    private readonly changeMembership: ChangeMembership,
  ) {}

  /** Groups by name, one page at a time. */
  @Get()
  @Requires('group:read')
  @ApiOkResponse({ type: GroupsPage })
  @ApiProblems('validation-failed', 'unknown-parameter', 'invalid-cursor')
  list(@CurrentActor() actor: Actor, @Query() query: GroupsQuery): Promise<Page<Group>> {
    return this.queries.page(actor, query);
  }

  /** Makes a group: with a rule it has whoever fits it, without one its members are named one by one. */
  @Post()
  @Requires('group:manage')
  @ApiCreatedResponse({ type: GroupResponse })
  @ApiProblems('validation-failed', 'already-exists', 'idempotency-key-reused')
  create(@CurrentActor() actor: Actor, @Body() { name, description, rule }: AddGroupRequest): Promise<Group> {
    return this.addGroup.execute(actor, { name, description: description ?? null, rule: rule ?? null });
  }

  /** How many people would fit a rule now. */
  @Post('fitting')
  @HttpCode(200)
  @Requires('group:manage')
  @ApiOkResponse({ type: FittingResponse })
  @ApiProblems('validation-failed', 'idempotency-key-reused')
  fitting(@CurrentActor() actor: Actor, @Body() rule: GroupRuleRequest): Promise<FittingResponse> {
    return this.queries.fitting(actor, rule);
  }

  /** One group. */
  @Get(':id')
  @Requires('group:read')
  @ApiOkResponse({ type: GroupResponse })
  @ApiProblems('not-found')
  get(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<Group> {
    return this.queries.one(actor, id);
  }

  /** Changes a group: merge patch. Whoever changes its rule has all that the group gives. */
  @Patch(':id')
  @Requires('group:manage')
  @ApiOkResponse({ type: GroupResponse })
  @ApiProblems('validation-failed', 'not-found', 'already-exists', 'idempotency-key-reused')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @RequiredIfMatch() version: number,
    @Body() patch: ChangeGroupRequest,
  ): Promise<Group> {
    return this.changeGroup.execute(actor, { id, version, patch });
  }

  /** Deletes a group that has no roles and opens no gate. */
  @Delete(':id')
  @HttpCode(204)
  @Requires('group:manage')
  @ApiNoContentResponse()
  @ApiProblems('not-found', 'still-in-use')
  async remove(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string, @RequiredIfMatch() version: number): Promise<void> {
    await this.deleteGroup.execute(actor, id, version);
  }

  /** Members of a group by name, or those a text is found in, one page at a time. */
  @Get(':id/members')
  @Requires('group:read')
  @ApiOkResponse({ type: MembersPage })
  @ApiProblems('not-found', 'validation-failed', 'unknown-parameter', 'invalid-cursor')
  members(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string, @Query() query: MembersQuery): Promise<Page<Member>> {
    return this.queries.members(actor, id, query);
  }

  /** Puts a person into a group; for who manages groups, and for members who may add members. */
  @Post(':id/members')
  @HttpCode(200)
  @Requires('group:read')
  @ClosedToStandIns()
  @ApiOkResponse({ type: GroupResponse })
  @ApiProblems('validation-failed', 'not-found', 'invalid-reference', 'invalid-state', 'idempotency-key-reused')
  add(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) groupId: string,
    @Body() { accountId, mayAddMembers = false }: AddMemberRequest,
  ): Promise<Group> {
    return this.changeMembership.execute(actor, { to: 'in', groupId, accountId, mayAddMembers });
  }

  /** Takes a person out of a group; for who may put them in. */
  @Delete(':id/members/:accountId')
  @HttpCode(204)
  @Requires('group:read')
  @ClosedToStandIns()
  @ApiNoContentResponse()
  @ApiProblems('not-found', 'invalid-state')
  async takeOut(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) groupId: string,
    @Param('accountId', IdPipe) accountId: string,
  ): Promise<void> {
    await this.changeMembership.execute(actor, { to: 'out', groupId, accountId });
  }
}

import { type Actor, CurrentActor, Requires } from '@berth/platform/auth';
import { ApiProblems, IdPipe, RequiredIfMatch } from '@berth/platform/http';
import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { AssignmentSeen, OwnResource, ResourceAssignment } from './assignment';
import {
  AssignmentOfResource,
  ResourceAssignmentResponse,
  DaysRequest,
  OwnResourcesResponse,
  TakeBackQuery,
  TakenBackResponse,
} from './assignment.dto';
import { AssignmentsQueries } from './assignments.queries';
import { ChangeAssignment } from './change-assignment';
import { ShareDays, type TakenBack } from './share-days';

/** Whose resources are, and the days their people share. */
@ApiTags('resources')
@Controller()
export class AssignmentController {
  constructor(
    private readonly queries: AssignmentsQueries,
    private readonly changing: ChangeAssignment,
    private readonly sharing: ShareDays,
  ) {}

  /** What is the caller’s own: nobody else may reserve it, except on the days the caller shares. */
  @Get('users/me/assignments')
  @Requires('resource:read')
  @ApiOkResponse({ type: OwnResourcesResponse })
  async own(@CurrentActor() actor: Actor): Promise<{ data: OwnResource[] }> {
    return { data: await this.queries.own(actor) };
  }

  /** Whose a resource is, or will be. */
  @Get('resources/:id/assignment')
  @Requires('resource:read')
  @ApiOkResponse({ type: AssignmentOfResource })
  @ApiProblems('not-found')
  of(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<AssignmentSeen> {
    return this.queries.seen(actor, id);
  }

  /** Makes a resource everybody’s again; reservations stay as they are. */
  @Delete('resources/:id/assignment')
  @HttpCode(204)
  @Requires('resource:manage', 'somewhere')
  @ApiNoContentResponse()
  @ApiProblems('not-found')
  end(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string, @RequiredIfMatch() version: number): Promise<void> {
    return this.changing.end(actor, id, version);
  }

  /** Lets others have on some days what is the caller’s own: it can be booked then at once by everybody else who may. */
  @Put('resources/:id/assignment/shared-days')
  @Requires('reservation:create')
  @ApiOkResponse({ type: ResourceAssignmentResponse })
  @ApiProblems('validation-failed', 'not-found', 'invalid-state')
  share(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string, @Body() days: DaysRequest): Promise<ResourceAssignment> {
    return this.sharing.share(actor, { id, ...days });
  }

  /** Keeps a resource to oneself again on some days. What others have reserved meanwhile stays, and is told; a dry run tells it beforehand. */
  @Delete('resources/:id/assignment/shared-days')
  @Requires('reservation:create')
  @ApiOkResponse({ type: TakenBackResponse })
  @ApiProblems('validation-failed', 'unknown-parameter', 'not-found', 'invalid-state')
  takeBack(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string, @Query() { dryRun, ...days }: TakeBackQuery): Promise<TakenBack> {
    const command = { id, ...days };
    return dryRun ? this.sharing.tryOut(actor, command) : this.sharing.takeBack(actor, command);
  }
}

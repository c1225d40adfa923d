import { type Actor, CurrentActor, Requires } from '@berth/platform/auth';
import { ApiProblems, IdPipe, IsPlainText, RequiredIfMatch } from '@berth/platform/http';
import { AssignmentOfResource, AssignRequest, resourceLimits } from '@berth/resources';
import { Body, Controller, Param, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { DryRunQuery } from '../reservations.dto';
import type { Choice } from './affected-outcome';
import { type AssignedResource, AssignResource } from './assign-resource';
import { AffectedResponse } from './resource-status.controller';

const CHOICES: readonly Choice[] = ['keep', 'notify', 'move', 'cancel'];

export class AssignResourceRequest extends AssignRequest {
  @ApiPropertyOptional({ enum: CHOICES, default: 'keep', description: 'What becomes of what others have reserved of that time' })
  @IsOptional()
  @IsIn(CHOICES)
  reservations?: Choice;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: resourceLimits.reason,
    description: 'Told with what is cancelled or notified',
  })
  @IsOptional()
  @IsString()
  @MaxLength(resourceLimits.reason)
  @IsPlainText()
  reason?: string | null;
}

export class AssignedResourceResponse extends AssignmentOfResource {
  @ApiProperty({ type: AffectedResponse, description: 'What others have reserved and what became of it; in a dry run, what would' })
  affected!: AffectedResponse;
}

/** Resources that are one person’s own. */
@ApiTags('resources')
@Controller('resources/:id/assignment')
export class AssignController {
  constructor(private readonly assigning: AssignResource) {}

  /** Makes a resource one person’s own: nobody else may reserve it from then on, except on days that person shares. */
  @Put()
  @Requires('resource:manage', 'somewhere')
  @ApiOkResponse({ type: AssignedResourceResponse })
  @ApiProblems('validation-failed', 'unknown-parameter', 'not-found', 'invalid-reference', 'invalid-state', 'resource-has-reservations')
  assign(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @RequiredIfMatch() version: number,
    @Body() request: AssignResourceRequest,
    @Query() query: DryRunQuery,
  ): Promise<AssignedResource> {
    const command = { ...request, id, version };
    return query.dryRun ? this.assigning.tryOut(actor, command) : this.assigning.execute(actor, command);
  }
}

import { AccessRequest } from '@berth/places';
import { type Actor, CurrentActor, Requires } from '@berth/platform/auth';
import { ApiProblems, IdPipe } from '@berth/platform/http';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { GatePreviewResponse } from './gate-preview.dto';
import { type GatePreview, GatePreviewQueries } from './gate-preview.queries';

/** What a change of gates would do, before it is made. */
@ApiTags('people')
@Controller()
export class GatePreviewController {
  constructor(private readonly previews: GatePreviewQueries) {}

  /** How many people see a site and may book there now, and would with other gates; changes nothing. */
  @Post('sites/:id/access/preview')
  @HttpCode(200)
  @Requires('place:manage', 'somewhere')
  @ApiOkResponse({ type: GatePreviewResponse })
  @ApiProblems('validation-failed', 'not-found', 'idempotency-key-reused')
  site(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string, @Body() access: AccessRequest): Promise<GatePreview> {
    return this.previews.ofSite(actor, id, access);
  }

  /** How many people see a resource and may book it now, and would with other gates of its own; changes nothing. */
  @Post('resources/:id/access/preview')
  @HttpCode(200)
  @Requires('resource:manage', 'somewhere')
  @ApiOkResponse({ type: GatePreviewResponse })
  @ApiProblems('validation-failed', 'not-found', 'idempotency-key-reused')
  resource(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string, @Body() access: AccessRequest): Promise<GatePreview> {
    return this.previews.ofResource(actor, id, access);
  }
}

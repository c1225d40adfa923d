import { type Actor, CurrentActor, Requires } from '@berth/platform/auth';
import { ApiProblems } from '@berth/platform/http';
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DemoDataResponse, RemoveDemoDataRequest } from './demo-data.dto';
import { DemoDataQueries } from './demo-data.queries';
import { RemoveDemoData } from './remove-demo-data';
import { RestoreDemoData } from './restore-demo-data';

/** The demo data the organization may have begun with. */
@ApiTags('setup')
@Controller('demo-data')
export class DemoDataController {
  constructor(
    private readonly queries: DemoDataQueries,
    private readonly removeDemoData: RemoveDemoData,
    private readonly restoreDemoData: RestoreDemoData,
  ) {}

  /** Whether demo data is there, and how much would go with it. */
  @Get()
  @Requires('organization:manage')
  @ApiOkResponse({ type: DemoDataResponse })
  read(@CurrentActor() actor: Actor): Promise<DemoDataResponse> {
    return this.queries.read(actor);
  }

  /** Removes the demo data; for 24 h it can be brought back. Where none is there nothing happens. */
  @Post('remove')
  @HttpCode(200)
  @Requires('organization:manage')
  @ApiOkResponse({ type: DemoDataResponse })
  @ApiProblems('validation-failed')
  remove(@CurrentActor() actor: Actor, @Body() { ownBookings }: RemoveDemoDataRequest): Promise<DemoDataResponse> {
    return this.removeDemoData.execute(actor, ownBookings ?? 'keep');
  }

  /** Brings removed demo data back; nothing happens when the time for it has passed, as `state` then says. */
  @Post('restore')
  @HttpCode(200)
  @Requires('organization:manage')
  @ApiOkResponse({ type: DemoDataResponse })
  @ApiProblems('already-exists')
  restore(@CurrentActor() actor: Actor): Promise<DemoDataResponse> {
    return this.restoreDemoData.execute(actor);
  }
}

import type { Page } from '@berth/kernel';
import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe } from '@berth/platform/http';
import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiExtraModels, ApiNoContentResponse, ApiOkResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { BulkOutcomeResponse, JobPage, JobResponse, JobsQuery, ReservationImportResponse } from '../bulk.dto';
import { CancelJob } from './cancel-job';
import type { Job } from './job';
import type { JobResult } from './job-result';
import { JobsQueries } from './jobs.queries';

/** One's own work that goes on after its request was answered; followed live as `jobs:{id}`. */
@ApiTags('jobs')
@Controller('jobs')
export class JobsController {
  constructor(
    private readonly queries: JobsQueries,
    private readonly cancelling: CancelJob,
  ) {}

  /** One's own jobs, newest first. */
  @Get()
  @Requires('reservation:read')
  @ApiOkResponse({ type: JobPage })
  @ApiProblems('validation-failed', 'unknown-parameter', 'invalid-cursor')
  list(@CurrentActor() actor: Actor, @Query() query: JobsQuery): Promise<Page<Job>> {
    return this.queries.own(actor, query.state, query);
  }

  /** How far a job is. */
  @Get(':id')
  @Requires('reservation:read')
  @ApiOkResponse({ type: JobResponse })
  @ApiProblems('not-found')
  read(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<Job> {
    return this.queries.one(actor, id);
  }

  /** What became of each item, or of an import of each row, when it is over; of a cancelled one as far as it came. */
  @Get(':id/result')
  @Requires('reservation:read')
  @ApiExtraModels(BulkOutcomeResponse, ReservationImportResponse)
  @ApiOkResponse({ schema: { oneOf: [{ $ref: getSchemaPath(BulkOutcomeResponse) }, { $ref: getSchemaPath(ReservationImportResponse) }] } })
  @ApiProblems('not-found')
  result(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<JobResult> {
    return this.queries.result(actor, id);
  }

  /** Stops a job: what is done stays done. */
  @Delete(':id')
  @HttpCode(204)
  @Requires('reservation:create')
  @ApiNoContentResponse()
  @ApiProblems('not-found')
  cancel(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.cancelling.execute(actor, id);
  }
}

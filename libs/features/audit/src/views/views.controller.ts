import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe } from '@berth/platform/http';
import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { AuditView } from './audit-view';
import { ForgetView } from './forget-view';
import { KeepView } from './keep-view';
import { AuditViewResponse, AuditViewsResponse, KeepViewRequest } from './views.dto';
import { ViewsQueries } from './views.queries';

/** Filters of the log one keeps under a name. */
@ApiTags('audit')
@Controller('audit/views')
export class AuditViewsController {
  constructor(
    private readonly queries: ViewsQueries,
    private readonly keeping: KeepView,
    private readonly forgetting: ForgetView,
  ) {}

  /** One's own kept filters, by name. */
  @Get()
  @Requires('audit:read')
  @ApiOkResponse({ type: AuditViewsResponse })
  async list(@CurrentActor() actor: Actor): Promise<AuditViewsResponse> {
    return { data: await this.queries.all(actor) };
  }

  /** Keeps a filter under a name. */
  @Post()
  @Requires('audit:read')
  @ApiCreatedResponse({ type: AuditViewResponse })
  @ApiProblems('validation-failed', 'already-exists', 'idempotency-key-reused')
  keep(@CurrentActor() actor: Actor, @Body() request: KeepViewRequest): Promise<AuditView> {
    return this.keeping.execute(actor, request);
  }

  /** Forgets a kept filter. */
  @Delete(':id')
  @HttpCode(204)
  @Requires('audit:read')
  @ApiNoContentResponse()
  @ApiProblems('not-found')
  forget(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.forgetting.execute(actor, id);
  }
}

import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems } from '@berth/platform/http';
import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ChangeRetention } from './change-retention';
import { AuditRetentionRequest, AuditRetentionResponse } from './retention.dto';

/** How long the log is kept. */
@ApiTags('audit')
@Controller('audit/retention')
export class RetentionController {
  constructor(private readonly retention: ChangeRetention) {}

  /** How long events are kept, and since when there are any. */
  @Get()
  @Requires('audit:read')
  @ApiOkResponse({ type: AuditRetentionResponse })
  read(@CurrentActor() actor: Actor): Promise<AuditRetentionResponse> {
    return this.retention.current(actor);
  }

  /** Chooses how long events are kept; what is older goes within hours, and does not come back. */
  @Put()
  @Requires('organization:manage')
  @ApiOkResponse({ type: AuditRetentionResponse })
  @ApiProblems('validation-failed')
  async change(@CurrentActor() actor: Actor, @Body() request: AuditRetentionRequest): Promise<AuditRetentionResponse> {
    await this.retention.execute(actor, request);
    return this.retention.current(actor);
  }
}

import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, RequiredIfMatch } from '@berth/platform/http';
import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ChangeRetention, type RetentionSeen } from './change-retention';
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
  read(@CurrentActor() actor: Actor): Promise<RetentionSeen> {
    return this.retention.current(actor);
  }

  /** Chooses how long events are kept; what is older goes within hours, and does not come back. */
  @Put()
  @Requires('organization:manage')
  @ApiOkResponse({ type: AuditRetentionResponse })
  @ApiProblems('validation-failed')
  change(@CurrentActor() actor: Actor, @RequiredIfMatch() version: number, @Body() request: AuditRetentionRequest): Promise<RetentionSeen> {
    return this.retention.execute(actor, request, version);
  }
}

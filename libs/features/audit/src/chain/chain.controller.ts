import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems } from '@berth/platform/http';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { VerificationResponse, VerifyQuery } from './chain.dto';
import { VerifyLog } from './verify-log';

/** The proof of the log. */
@ApiTags('audit')
@Controller('audit/verify')
export class ChainController {
  constructor(private readonly verifying: VerifyLog) {}

  /** Follows the chain of events and names the first that does not fit: changed, gone, put in, swapped or cut off. */
  @Get()
  @Requires('audit:read')
  @ApiOkResponse({ type: VerificationResponse })
  @ApiProblems('validation-failed')
  async verify(@CurrentActor() actor: Actor, @Query() { after }: VerifyQuery): Promise<VerificationResponse> {
    const { checkpoint, ...found } = await this.verifying.execute(actor.organizationId, after);
    return { ...found, checkpoint: checkpoint && { ...checkpoint, at: checkpoint.at.toISOString() } };
  }
}

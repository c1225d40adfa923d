import { formatInstant } from '@berth/kernel';
import { type Actor, CurrentActor, PublicFromOwnPages, Requires, SessionCookies, StandIns } from '@berth/platform/auth';
import { ApiProblems, IdPipe } from '@berth/platform/http';
import { Body, Controller, Delete, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { StandIn } from './stand-in';
import { StandInRequest, StandInResponse } from './stand-in.dto';

/** Acting as another person for a while. */
@ApiTags('session')
@Controller()
export class StandInController {
  constructor(
    private readonly beginning: StandIn,
    private readonly standIns: StandIns,
    private readonly cookies: SessionCookies,
  ) {}

  /**
   * Has this browser act as an active person who may do no more than oneself, for half an hour at most. The person is told who and
   * why; the log names both. Ways in, rights and what would go on afterwards stay closed (`standing-in`).
   */
  @Post('users/:id/stand-in')
  @Requires('account:stand-in')
  @HttpCode(200)
  @ApiOkResponse({ type: StandInResponse })
  @ApiProblems('validation-failed', 'not-found', 'idempotency-key-reused')
  async begin(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() { reason }: StandInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StandInResponse> {
    const { token, accountId, until } = await this.beginning.execute(actor, id, reason.trim());
    this.cookies.setStandIn(reply, token);
    return { accountId, until: formatInstant(until) };
  }

  /** Has this browser act as oneself again; nothing happens where it does. */
  @Delete('auth/stand-in')
  @PublicFromOwnPages()
  @HttpCode(204)
  @ApiNoContentResponse()
  async stop(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const token = this.cookies.standIn(request);
    if (token !== undefined) await this.standIns.stop(token);
    this.cookies.dropStandIn(reply);
  }
}

import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe } from '@berth/platform/http';
import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { EndSessions } from './end-sessions';
import { SessionQueries } from './session.queries';
import { OwnSessionList } from './sessions.dto';

/** Where one is signed in. */
@ApiTags('session')
@Controller('auth/sessions')
export class SessionsController {
  constructor(
    private readonly queries: SessionQueries,
    private readonly endSessions: EndSessions,
  ) {}

  /** One's own living sessions with device, address and when they were seen last; the one in use first. */
  @Get()
  @Requires('account:secure')
  @ApiOkResponse({ type: OwnSessionList })
  async list(@CurrentActor() actor: Actor): Promise<OwnSessionList> {
    return { data: await this.queries.own(actor) };
  }

  /** Ends every session of one's own but the one in use. */
  @Delete()
  @Requires('account:secure')
  @HttpCode(204)
  @ApiNoContentResponse()
  endOthers(@CurrentActor() actor: Actor): Promise<void> {
    return this.endSessions.execute(actor, { allBut: actor.sessionId });
  }

  /** Ends a session of one's own. */
  @Delete(':id')
  @Requires('account:secure')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiProblems('not-found')
  end(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.endSessions.execute(actor, { only: id });
  }
}

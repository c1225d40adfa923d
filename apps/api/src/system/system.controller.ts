import { formatInstant } from '@berth/kernel';
import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems } from '@berth/platform/http';
import { Clock } from '@berth/platform/runtime';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ReadersQueries } from './readers.queries';
import { ReplayEvents } from './replay-events';
import { SendTestMail } from './send-test-mail';
import { ReadersResponse, ReplayDto, ReplayResponse, SystemHealthResponse, TestMailResponse } from './system.dto';
import { SystemHealth } from './system-health';

/** How the installation is doing, for those who run it. */
@ApiTags('system')
@Controller('system')
export class SystemController {
  constructor(
    private readonly system: SystemHealth,
    private readonly clock: Clock,
    private readonly testMail: SendTestMail,
    private readonly readers: ReadersQueries,
    private readonly replaying: ReplayEvents,
  ) {}

  /** Looks at what Berth runs on, part by part, at this moment. */
  @Get('health')
  @Requires('system:read')
  @ApiOkResponse({ type: SystemHealthResponse })
  async health(): Promise<SystemHealthResponse> {
    const findings = await this.system.look();
    return {
      checkedAt: formatInstant(this.clock.now()),
      runtime: { node: process.version, platform: `${process.platform} ${process.arch}` },
      findings,
    };
  }

  /** Sends a letter to one's own address now, and says whether the server took it. */
  @Post('mail-test')
  @Requires('system:read')
  @HttpCode(200)
  @ApiOkResponse({ type: TestMailResponse })
  @ApiProblems('mail-not-set-up', 'mail-not-sent')
  mail(@CurrentActor() actor: Actor): Promise<TestMailResponse> {
    return this.testMail.toOneself(actor);
  }

  /** How far each part of Berth is that follows the event log, and the events it goes on without because it failed at them. */
  @Get('readers')
  @Requires('system:read')
  @ApiOkResponse({ type: ReadersResponse })
  async list(@CurrentActor() actor: Actor): Promise<ReadersResponse> {
    return { data: await this.readers.all(actor) };
  }

  /** Hands a span of the event log to one of them again; what it did then it does not do twice. */
  @Post('readers/:name/replay')
  @HttpCode(202)
  @Requires('system:manage')
  @ApiAcceptedResponse({ type: ReplayResponse })
  @ApiProblems('not-found')
  replay(@CurrentActor() actor: Actor, @Param('name') name: string, @Body() { after, until }: ReplayDto): Promise<ReplayResponse> {
    return this.replaying.execute(actor, name, after, until);
  }
}

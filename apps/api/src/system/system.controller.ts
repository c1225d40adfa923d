import { formatInstant } from '@berth/kernel';
import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems } from '@berth/platform/http';
import { Clock } from '@berth/platform/runtime';
import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { SendTestMail } from './send-test-mail';
import { SystemHealthResponse, TestMailResponse } from './system.dto';
import { SystemHealth } from './system-health';

/** How the installation is doing, for those who run it. */
@ApiTags('system')
@Controller('system')
export class SystemController {
  constructor(
    private readonly system: SystemHealth,
    private readonly clock: Clock,
    private readonly testMail: SendTestMail,
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
}

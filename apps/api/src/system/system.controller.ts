import { formatInstant } from '@berth/kernel';
import { Requires } from '@berth/platform/auth';
import { Clock } from '@berth/platform/runtime';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { SystemHealthResponse } from './system.dto';
import { SystemHealth } from './system-health';

/** How the installation is doing, for those who run it. */
@ApiTags('system')
@Controller('system')
export class SystemController {
  constructor(
    private readonly system: SystemHealth,
    private readonly clock: Clock,
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
}

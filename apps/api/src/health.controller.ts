import { Problem } from '@berth/contracts';
import { Public } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { ApiProblems } from '@berth/platform/http';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Drain } from './drain';

export class HealthResponse {
  @ApiProperty({ enum: ['ok'] })
  status!: 'ok';
}

/** For load balancers and people who watch: alive, and ready to serve. */
@ApiTags('system')
@Controller()
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly drain: Drain,
  ) {}

  /** The process answers. */
  @Get('live')
  @Public()
  @ApiOkResponse({ type: HealthResponse })
  live(): HealthResponse {
    return { status: 'ok' };
  }

  /** The process can do its work: the database answers, and it has not been told to end. */
  @Get(['ready', 'health'])
  @Public()
  @ApiOkResponse({ type: HealthResponse })
  @ApiProblems('unavailable')
  async ready(): Promise<HealthResponse> {
    if (this.drain.isUnready) throw new Problem('unavailable', { detail: 'The process is ending.' });
    try {
      await this.database.system.sql`select 1`;
    } catch {
      throw new Problem('unavailable', { detail: 'The database does not answer.' });
    }
    return { status: 'ok' };
  }
}

import { Problem } from '@berth/contracts';
import { Public } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { ApiProblems } from '@berth/platform/http';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';

export class HealthResponse {
  @ApiProperty({ enum: ['ok'] })
  status!: 'ok';
}

/** For load balancers and people who watch: alive, and ready to serve. */
@ApiTags('system')
@Controller()
export class HealthController {
  constructor(private readonly database: Database) {}

  /** The process answers. */
  @Get('live')
  @Public()
  @ApiOkResponse({ type: HealthResponse })
  live(): HealthResponse {
    return { status: 'ok' };
  }

  /** The process can do its work: the database answers. */
  @Get(['ready', 'health'])
  @Public()
  @ApiOkResponse({ type: HealthResponse })
  @ApiProblems('unavailable')
  async ready(): Promise<HealthResponse> {
    try {
      await this.database.system.sql`select 1`;
    } catch {
      throw new Problem('unavailable', { detail: 'The database does not answer.' });
    }
    return { status: 'ok' };
  }
}

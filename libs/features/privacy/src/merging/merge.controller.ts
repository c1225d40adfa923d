import { type Actor, ClosedToStandIns, CurrentActor, Requires } from '@berth/platform/auth';
import { ApiProblems, IdPipe } from '@berth/platform/http';
import { DryRunQuery } from '@berth/reservations';
import { Body, Controller, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { MergeRequest, MergeResponse } from './merge.dto';
import { type Merge, MergePeople } from './merge-people';

/** Two accounts of one person. */
@ApiTags('people')
@Controller('users')
export class MergeController {
  constructor(private readonly merging: MergePeople) {}

  /** Merges an account into another one of the same person: what is theirs goes over, what opened it ends, and it leads on. It cannot be taken back. */
  @Post(':id/merge')
  @Requires('user:manage')
  @ClosedToStandIns()
  @HttpCode(200)
  @ApiOkResponse({ type: MergeResponse })
  @ApiProblems(
    ...([
      'validation-failed',
      'not-found',
      'permission-denied',
      'invalid-reference',
      'account-suspended',
      'idempotency-key-reused',
    ] as const),
  )
  merge(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() request: MergeRequest,
    @Query() { dryRun }: DryRunQuery,
  ): Promise<Merge> {
    const command = { id, ...request };
    return dryRun ? this.merging.tryOut(actor, command) : this.merging.execute(actor, command);
  }
}

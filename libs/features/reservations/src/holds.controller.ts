import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe } from '@berth/platform/http';
import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Hold, HoldTime } from './hold';
import { HoldRequest } from './reservations.dto';
import { HoldResponse } from './reservations.responses';
import { wishOf } from './wish-of-request';

/** Short claims while a form is open: 60 s, refreshed, 5 min at most. They block others, never their owner. */
@ApiTags('holds')
@Controller('holds')
export class HoldsController {
  constructor(private readonly holds: HoldTime) {}

  /** Holds a time for 60 s. */
  @Post()
  @Requires('reservation:create')
  @ApiCreatedResponse({ type: HoldResponse })
  @ApiProblems(
    'validation-failed',
    'not-found',
    'policy-violation',
    'quota-exceeded',
    'reservation-conflict',
    'slot-held',
    'nonexistent-local-time',
    'idempotency-key-reused',
    'unavailable',
  )
  hold(@CurrentActor() actor: Actor, @Body() request: HoldRequest): Promise<Hold> {
    return this.holds.execute(actor, wishOf(request));
  }

  /** Keeps it for another 60 s. */
  @Post(':id/refresh')
  @HttpCode(200)
  @Requires('reservation:create')
  @ApiOkResponse({ type: HoldResponse })
  @ApiProblems('not-found', 'hold-expired', 'idempotency-key-reused')
  refresh(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<Hold> {
    return this.holds.refresh(actor, id);
  }

  /** Lets it go; for beacons of a closing tab, which can only POST. */
  @Post(':id/release')
  @HttpCode(204)
  @Requires('reservation:create')
  @ApiNoContentResponse()
  @ApiProblems('not-found', 'idempotency-key-reused')
  release(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.holds.release(actor, id);
  }

  /** Lets it go. */
  @Delete(':id')
  @HttpCode(204)
  @Requires('reservation:create')
  @ApiNoContentResponse()
  @ApiProblems('not-found')
  remove(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.holds.release(actor, id);
  }
}

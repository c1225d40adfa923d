import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe } from '@berth/platform/http';
import { ChangeStatusRequest, ResourceResponse } from '@berth/resources';
import { RESERVATION_STATUSES, type ReservationStatus } from '@berth/scheduling';
import { Body, Controller, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { DryRunQuery } from '../reservations.dto';
import { PersonSummary } from '../reservations.responses';
import type { AffectedOutcome } from './affected-outcome';
import { type ClosedResource, CloseResource } from './close-resource';

export class MovedToResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
}

export class AffectedReservationResponse implements AffectedOutcome {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ format: 'date-time' })
  start!: string;
  @ApiProperty({ format: 'date-time' })
  end!: string;
  @ApiProperty({ enum: RESERVATION_STATUSES })
  status!: ReservationStatus;
  @ApiProperty({ type: String, nullable: true })
  title!: string | null;
  @ApiProperty({ type: PersonSummary })
  organizer!: PersonSummary;
  @ApiProperty({ enum: ['kept', 'notified', 'moved', 'cancelled', 'not-moved'] })
  outcome!: AffectedOutcome['outcome'];
  @ApiProperty({ type: MovedToResponse, nullable: true })
  movedTo!: MovedToResponse | null;
  @ApiProperty({ type: String, nullable: true, description: 'Why it stays' })
  detail!: string | null;
}

export class AffectedResponse {
  @ApiProperty()
  total!: number;
  @ApiProperty({ type: [AffectedReservationResponse] })
  reservations!: readonly AffectedReservationResponse[];
}

export class ClosedResourceResponse extends ResourceResponse {
  @ApiProperty({ type: AffectedResponse, description: 'Reservations in the way and what became of them; in a dry run, what would' })
  affected!: AffectedResponse;
}

/** Resources in use, in maintenance or archived, and what that means for who has booked them. */
@ApiTags('resources')
@Controller('resources')
export class ResourceStatusController {
  constructor(private readonly closing: CloseResource) {}

  /**
   * Puts a resource into maintenance, archives it or takes it back into use. Archiving is refused while there are
   * reservations ahead, unless something is to become of them.
   */
  @Post(':id/status')
  @HttpCode(200)
  @Requires('resource:manage', 'somewhere')
  @ApiOkResponse({ type: ClosedResourceResponse })
  @ApiProblems('validation-failed', 'unknown-parameter', 'not-found', 'resource-has-reservations', 'idempotency-key-reused')
  status(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() request: ChangeStatusRequest,
    @Query() query: DryRunQuery,
  ): Promise<ClosedResource> {
    const command = { ...request, id };
    return query.dryRun ? this.closing.tryOut(actor, command) : this.closing.execute(actor, command);
  }
}

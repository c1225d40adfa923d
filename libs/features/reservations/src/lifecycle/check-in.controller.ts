import { Problem } from '@berth/contracts';
import { formatInstant } from '@berth/kernel';
import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe, IfMatch } from '@berth/platform/http';
import { Clock, CONFIG, type Config } from '@berth/platform/runtime';
import { maySee, ResourceCatalogue } from '@berth/resources';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Reservation } from '../reservation';
import { ReservationResponse } from '../reservations.responses';
import { CheckIn } from './check-in';
import { CheckInAtResourceRequest, CheckInLinkQuery, CheckInLinkResponse, CheckInRequest, CheckInStateResponse } from './check-in.dto';
import { CheckInQueries, type CheckInState } from './check-in.queries';
import { CheckInTokens } from './check-in-token';
import { EndReservation } from './end-reservation';

/** Coming and leaving. */
@ApiTags('reservations')
@Controller()
export class CheckInController {
  constructor(
    private readonly checkingIn: CheckIn,
    private readonly ending: EndReservation,
    private readonly queries: CheckInQueries,
    private readonly tokens: CheckInTokens,
    private readonly catalogue: ResourceCatalogue,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** When one may check in, and whether the caller may do so or end it now. */
  @Get('reservations/:id/check-in')
  @Requires('reservation:read')
  @ApiOkResponse({ type: CheckInStateResponse })
  @ApiProblems('not-found')
  state(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<CheckInState> {
    return this.queries.state(actor, id);
  }

  /** Says that somebody has come; who does not in time loses the rest of it, where the policy asks for that. */
  @Post('reservations/:id/check-in')
  @HttpCode(200)
  @Requires('reservation:update')
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: ReservationResponse })
  @ApiProblems(
    'validation-failed',
    'not-found',
    'invalid-state',
    'policy-violation',
    'quota-exceeded',
    'check-in-code-invalid',
    'precondition-failed',
  )
  @ApiProblems('idempotency-key-reused')
  checkIn(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() request: CheckInRequest,
    @IfMatch() ifMatch?: number,
  ): Promise<Reservation> {
    return this.checkingIn.execute(actor, { id, token: request.token, ifMatch });
  }

  /** Checks in to what the caller has now at the resource whose code they have read. */
  @Post('check-in')
  @HttpCode(200)
  @Requires('reservation:update')
  @ApiOkResponse({ type: ReservationResponse })
  @ApiProblems(
    'validation-failed',
    'not-found',
    'invalid-state',
    'policy-violation',
    'quota-exceeded',
    'check-in-code-invalid',
    'idempotency-key-reused',
  )
  checkInAtResource(@CurrentActor() actor: Actor, @Body() request: CheckInAtResourceRequest): Promise<Reservation> {
    return this.checkingIn.atResource(actor, request.token);
  }

  /** Ends a running reservation now and frees the rest. */
  @Post('reservations/:id/end')
  @HttpCode(200)
  @Requires('reservation:update')
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: ReservationResponse })
  @ApiProblems('not-found', 'invalid-state', 'precondition-failed', 'idempotency-key-reused')
  end(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string, @IfMatch() ifMatch?: number): Promise<Reservation> {
    return this.ending.execute(actor, id, ifMatch);
  }

  /** The link for the code at a resource: printed, or short-lived for a display. */
  @Get('resources/:id/check-in-link')
  @Requires('resource:manage')
  @ApiOkResponse({ type: CheckInLinkResponse })
  @ApiProblems('validation-failed', 'unknown-parameter', 'not-found')
  async link(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Query() { validSeconds }: CheckInLinkQuery,
  ): Promise<CheckInLinkResponse> {
    const terms = (await this.catalogue.termsOfMany(actor.organizationId, [id])).get(id);
    if (!terms || !maySee(actor, terms)) throw new Problem('not-found');
    const expiresAt = validSeconds === undefined ? undefined : new Date(this.clock.now().getTime() + validSeconds * 1000);
    const token = this.tokens.issue(id, expiresAt);
    const path = `/check-in?token=${token}`;
    const { publicUrl } = this.config;
    return { token, path, url: publicUrl ? publicUrl + path : null, expiresAt: expiresAt ? formatInstant(expiresAt) : null };
  }
}

import { addMinutes, parseInstant, type Page } from '@berth/kernel';
import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe, IfMatch } from '@berth/platform/http';
import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiExtraModels, ApiHeader, ApiOkResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CheckResponse } from './availability.dto';
import { Book } from './book';
import { Cancel } from './cancel';
import { ChangeDetails } from './change-details';
import { Move, type MoveCommand } from './move';
import type { Reservation } from './reservation';
import {
  BookRequest,
  CancelRequest,
  DryRunQuery,
  ExtendRequest,
  MoveRequest,
  MyReservationsQuery,
  ReservationListQuery,
  ReservationPatch,
  TransferRequest,
} from './reservations.dto';
import { HistoryResponse, ReservationPage, ReservationResponse } from './reservations.responses';
import { type HistoryEntry, ReservationQueries } from './reservations.queries';
import { Restore } from './restore';
import { Transfer } from './transfer';
import type { SeriesCheckAnswer } from './series/check-series';
import type { SeriesBooked } from './series/series';
import { SeriesBookedResponse } from './series/series.dto';
import { SeriesDoor } from './series/series-door';
import { seriesWishOf } from './series/series-of-request';
import { wishOf } from './wish-of-request';

const oneOf = (...types: (new () => object)[]) => ({ oneOf: types.map((it) => ({ $ref: getSchemaPath(it) })) });

/** Reservations: the claims of people on resources. */
@ApiTags('reservations')
@Controller('reservations')
export class ReservationsController {
  constructor(
    private readonly booking: Book,
    private readonly moving: Move,
    private readonly cancelling: Cancel,
    private readonly restoring: Restore,
    private readonly changing: ChangeDetails,
    private readonly transferring: Transfer,
    private readonly queries: ReservationQueries,
    private readonly seriesDoor: SeriesDoor,
  ) {}

  /** Books resources, all of them or none, once or in a series; a reservation is `pending` where an approval is asked for. */
  @Post()
  @Requires('reservation:create')
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'The same key and body get the same answer for 24 h' })
  @ApiExtraModels(SeriesBookedResponse, CheckResponse)
  @ApiCreatedResponse({
    schema: oneOf(ReservationResponse, SeriesBookedResponse),
    description: 'The reservation, or with `recurrence` the series',
  })
  @ApiOkResponse({
    schema: oneOf(ReservationResponse, CheckResponse),
    description: 'Dry run: what would be, of a series for each occurrence',
  })
  @ApiProblems(
    'validation-failed',
    'unknown-parameter',
    'not-found',
    'policy-violation',
    'quota-exceeded',
    'reservation-conflict',
    'slot-held',
    'nonexistent-local-time',
    'idempotency-key-reused',
    'unavailable',
  )
  async book(
    @CurrentActor() actor: Actor,
    @Body() request: BookRequest,
    @Query() query: DryRunQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Reservation | SeriesBooked | SeriesCheckAnswer> {
    const series = seriesWishOf(request);
    if (series) return this.seriesDoor.book(actor, series, query.dryRun, reply);
    const wish = wishOf(request);
    if (!query.dryRun) return this.booking.execute(actor, wish);
    reply.status(200);
    return this.booking.tryOut(actor, wish);
  }

  /** Lists reservations by start and id, one page at a time. */
  @Get()
  @Requires('reservation:read')
  @ApiOkResponse({ type: ReservationPage })
  @ApiProblems('validation-failed', 'unknown-parameter', 'invalid-cursor')
  list(@CurrentActor() actor: Actor, @Query() query: ReservationListQuery): Promise<Page<Reservation>> {
    return this.queries.page(actor, { ...query, from: instant(query.from), to: instant(query.to) }, query);
  }

  /** One's own reservations. */
  @Get('my')
  @Requires('reservation:read')
  @ApiOkResponse({ type: ReservationPage })
  @ApiProblems('validation-failed', 'unknown-parameter', 'invalid-cursor')
  my(@CurrentActor() actor: Actor, @Query() query: MyReservationsQuery): Promise<Page<Reservation>> {
    return this.queries.mine(actor, query.scope, query);
  }

  /** One reservation. */
  @Get(':id')
  @Requires('reservation:read')
  @ApiOkResponse({ type: ReservationResponse })
  @ApiProblems('not-found')
  read(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<Reservation> {
    return this.queries.one(actor, id);
  }

  /** Changes title, description, privacy or the number of people; a merge patch. */
  @Patch(':id')
  @Requires('reservation:update')
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: ReservationResponse })
  @ApiProblems('validation-failed', 'not-found', 'invalid-state', 'precondition-failed', 'idempotency-key-reused')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() patch: ReservationPatch,
    @IfMatch() version?: number,
  ): Promise<Reservation> {
    return this.changing.execute(actor, id, patch, version);
  }

  /** Moves or resizes a reservation; at no instant are both or neither time held. */
  @Post(':id/move')
  @HttpCode(200)
  @Requires('reservation:update')
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: ReservationResponse })
  @ApiProblems(
    'validation-failed',
    'unknown-parameter',
    'not-found',
    'policy-violation',
    'quota-exceeded',
    'reservation-conflict',
    'slot-held',
    'invalid-state',
    'precondition-failed',
    'idempotency-key-reused',
    'unavailable',
  )
  move(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() request: MoveRequest,
    @Query() query: DryRunQuery,
    @IfMatch() ifMatch?: number,
  ): Promise<Reservation> {
    const { start, end, resourceId, customFields } = request;
    const command = { id, start: instant(start), end: instant(end), resourceId: resourceId?.toLowerCase(), customFields, ifMatch };
    return this.perform(actor, command, query.dryRun);
  }

  /** Lets a reservation end later, a running one too. */
  @Post(':id/extend')
  @HttpCode(200)
  @Requires('reservation:update')
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: ReservationResponse })
  @ApiProblems(
    'validation-failed',
    'unknown-parameter',
    'not-found',
    'policy-violation',
    'quota-exceeded',
    'reservation-conflict',
    'slot-held',
    'invalid-state',
    'precondition-failed',
    'idempotency-key-reused',
    'unavailable',
  )
  async extend(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() request: ExtendRequest,
    @Query() query: DryRunQuery,
    @IfMatch() ifMatch?: number,
  ): Promise<Reservation> {
    const current = await this.queries.one(actor, id);
    const end = instant(request.end) ?? addMinutes(new Date(current.end), request.minutes ?? 0);
    return this.perform(actor, { id, start: new Date(current.start), end, ifMatch }, query.dryRun);
  }

  /** Cancels a reservation and frees its time; cancelling twice is not an error. */
  @Post(':id/cancel')
  @HttpCode(200)
  @Requires('reservation:cancel')
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: ReservationResponse })
  @ApiProblems('validation-failed', 'not-found', 'invalid-state', 'precondition-failed', 'idempotency-key-reused')
  cancel(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() request: CancelRequest,
    @IfMatch() ifMatch?: number,
  ): Promise<Reservation> {
    return this.cancelling.execute(actor, { id, reason: request.reason, undoSeconds: request.undoSeconds ?? 0, ifMatch });
  }

  /** Takes a cancellation back, while its time is kept for that. */
  @Post(':id/restore')
  @HttpCode(200)
  @Requires('reservation:cancel')
  @ApiOkResponse({ type: ReservationResponse })
  @ApiProblems('not-found', 'invalid-state', 'undo-expired', 'idempotency-key-reused')
  restore(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<Reservation> {
    return this.restoring.execute(actor, id);
  }

  /** Hands a reservation over to somebody else, whose limits count; it waits for approval again where one is asked for. */
  @Post(':id/transfer')
  @HttpCode(200)
  @Requires('reservation:update')
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: ReservationResponse })
  @ApiProblems(
    'validation-failed',
    'not-found',
    'invalid-reference',
    'invalid-state',
    'policy-violation',
    'quota-exceeded',
    'precondition-failed',
    'idempotency-key-reused',
  )
  transfer(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() request: TransferRequest,
    @IfMatch() ifMatch?: number,
  ): Promise<Reservation> {
    return this.transferring.execute(actor, { id, to: request.to.toLowerCase(), ifMatch });
  }

  /** What happened to a reservation, oldest first. */
  @Get(':id/history')
  @Requires('reservation:read')
  @ApiOkResponse({ type: HistoryResponse })
  @ApiProblems('not-found')
  async history(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<{ data: HistoryEntry[] }> {
    return { data: await this.queries.history(actor, id) };
  }

  private perform(actor: Actor, command: MoveCommand, dryRun: boolean): Promise<Reservation> {
    return dryRun ? this.moving.tryOut(actor, command) : this.moving.execute(actor, command);
  }
}

const instant = (text: string | null | undefined): Date | undefined => (text == null ? undefined : parseInstant(text));

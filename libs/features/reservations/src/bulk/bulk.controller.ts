import { Problem } from '@berth/contracts';
import { parseInstant } from '@berth/kernel';
import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, languageOf } from '@berth/platform/http';
import { UploadedFile } from '@berth/resources';
import { Body, Controller, Get, Headers, HttpCode, Post, Query, Res, StreamableFile } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import type { Reservation } from '../reservation';
import { DryRunQuery } from '../reservations.dto';
import { BookMany } from './book-many';
import {
  BulkBookRequest,
  BulkCancelRequest,
  BulkOutcomeResponse,
  ExportQuery,
  JobResponse,
  ReservationImportQuery,
  ReservationImportResponse,
  ReservationUpload,
} from './bulk.dto';
import type { BulkOutcome } from './bulk-outcome';
import { CancelMany, type CancelManyCommand } from './cancel-many';
import { ExportReservations } from './export-reservations';
import type { ReservationImport } from './import/import-report';
import { ImportReservations } from './import/import-reservations';
import type { Job } from './jobs/job';
import { TryMany } from './try-many';

/** Many reservations in one request. */
@ApiTags('bulk')
@Controller('bulk/reservations')
export class BulkController {
  constructor(
    private readonly booking: BookMany,
    private readonly trying: TryMany,
    private readonly cancelling: CancelMany,
    private readonly exporting: ExportReservations,
    private readonly importing: ImportReservations,
  ) {}

  /** Books up to 500: all or none (201), or each by itself (200) with what became of it. */
  @Post()
  @Requires('reservation:create')
  @ApiHeader({ name: 'Prefer', required: false, description: '`respond-async` (RFC 7240): best effort is answered with a job at once' })
  @ApiCreatedResponse({ type: BulkOutcomeResponse, description: 'All are booked' })
  @ApiAcceptedResponse({ type: JobResponse, description: 'Best effort that takes longer than a request may: the job that goes on with it' })
  @ApiOkResponse({ type: BulkOutcomeResponse, description: 'Best effort, and dry run: what became of each, or would' })
  @ApiProblems(
    'validation-failed',
    'unknown-parameter',
    'not-found',
    'policy-violation',
    'quota-exceeded',
    'reservation-conflict',
    'slot-held',
    'nonexistent-local-time',
    'invalid-reference',
    'payload-too-large',
    'idempotency-key-reused',
    'unavailable',
  )
  async book(
    @CurrentActor() actor: Actor,
    @Body() { mode, items }: BulkBookRequest,
    @Query() query: DryRunQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('accept-language') wanted?: string,
    @Headers('prefer') prefer?: string,
  ): Promise<BulkOutcome<Reservation> | Job> {
    const language = languageOf(wanted);
    if (query.dryRun || mode === 'bestEffort') reply.status(200);
    if (query.dryRun) return this.trying.execute(actor, items, language);
    return accepted(await this.booking.execute(actor, { mode, items, language, patience: patienceOf(prefer) }), reply);
  }

  /** Says of each what booking all of them would answer now; changes nothing. */
  @Post('validate')
  @HttpCode(200)
  @Requires('reservation:create')
  @ApiOkResponse({ type: BulkOutcomeResponse })
  @ApiProblems('validation-failed', 'payload-too-large', 'unavailable')
  validate(
    @CurrentActor() actor: Actor,
    @Body() { items }: BulkBookRequest,
    @Headers('accept-language') wanted?: string,
  ): Promise<BulkOutcome<Reservation>> {
    return this.trying.execute(actor, items, languageOf(wanted));
  }

  /** Cancels up to 500, named or by when they begin; a dry run says which those are. */
  @Post('cancel')
  @HttpCode(200)
  @Requires('reservation:cancel')
  @ApiOkResponse({ type: BulkOutcomeResponse })
  @ApiProblems('validation-failed', 'unknown-parameter', 'not-found', 'invalid-state', 'idempotency-key-reused', 'unavailable')
  cancel(
    @CurrentActor() actor: Actor,
    @Body() request: BulkCancelRequest,
    @Query() query: DryRunQuery,
    @Headers('accept-language') wanted?: string,
  ): Promise<BulkOutcome<Reservation>> {
    const { mode, reason, undoSeconds = 0 } = request;
    const command = { mode, reason, undoSeconds, dryRun: query.dryRun, language: languageOf(wanted) };
    return this.cancelling.execute(actor, { ...command, which: whichOf(request) });
  }

  /**
   * Books what is in a file, 500 at most. Of CSV the rows: columns resource (id, external id or name), start and end, what
   * else a booking has, and `field:<key>` for what types ask; a local time needs the column time_zone. Of iCalendar the
   * events: the resource is X-BERTH-RESOURCE, RESOURCES, an attendee with CUTYPE ROOM or RESOURCE, or LOCATION; times
   * without a zone are those of the resource; what recurs becomes a series, whole or not at all; what is cancelled is
   * skipped. An event one has brought in before is known by UID and RECURRENCE-ID: it is changed to what it says now, or stays.
   */
  @Post('import')
  @HttpCode(200)
  @Requires('reservation:create')
  @ApiConsumes('multipart/form-data', 'text/csv', 'text/calendar')
  @ApiBody({ type: ReservationUpload })
  @ApiHeader({
    name: 'Prefer',
    required: false,
    description: '`respond-async` (RFC 7240): rows booked each by itself are answered with a job at once',
  })
  @ApiOkResponse({ type: ReservationImportResponse })
  @ApiAcceptedResponse({ type: JobResponse, description: 'What takes longer than a request may: the job that goes on with it, row by row' })
  @ApiProblems(
    'malformed-request',
    'validation-failed',
    'unknown-parameter',
    'not-found',
    'payload-too-large',
    'unsupported-media-type',
    'import-failed',
    'idempotency-key-reused',
    'unavailable',
  )
  async import(
    @CurrentActor() actor: Actor,
    @Query() query: ReservationImportQuery,
    @UploadedFile() bytes: Buffer,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('accept-language') wanted?: string,
    @Headers('prefer') prefer?: string,
  ): Promise<ReservationImport | Job> {
    const resourceId = query.resourceId?.toLowerCase();
    const command = { bytes, ...query, resourceId, language: languageOf(wanted), patience: patienceOf(prefer) };
    return accepted(await this.importing.execute(actor, command), reply);
  }

  /** Reservations as CSV, by start, with a column `field:<key>` for each question types ask; as many as may be seen, 50,000 at most. */
  @Get('export')
  @Requires('reservation:read')
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiProblems('validation-failed', 'unknown-parameter')
  export(@CurrentActor() actor: Actor, @Query() query: ExportQuery): StreamableFile {
    const filter = {
      ...query,
      from: query.from === undefined ? undefined : instant(query.from),
      to: query.to === undefined ? undefined : instant(query.to),
    };
    return new StreamableFile(Readable.from(this.exporting.execute(actor, filter)), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="reservations.csv"',
    });
  }
}

const patienceOf = (prefer: string | undefined): number | undefined => (/\brespond-async\b/.test(prefer ?? '') ? 0 : undefined);

/** A job is answered as what it is: accepted, and where it can be followed. */
function accepted<T extends object>(answer: T | Job, reply: FastifyReply): T | Job {
  if ('state' in answer) void reply.status(202).header('location', `/api/v1/jobs/${answer.id}`);
  return answer;
}

function whichOf({ ids, filter }: BulkCancelRequest): CancelManyCommand['which'] {
  if (ids && filter)
    throw new Problem('validation-failed', { errors: [{ pointer: '/filter', code: 'one-of', detail: 'send either ids or filter' }] });
  if (ids) return { ids: ids.map((it) => it.toLowerCase()) };
  const { from, to, resourceIds, organizer } = filter!;
  return { filter: { from: instant(from), to: instant(to), resourceIds, organizer: organizer.toLowerCase() } };
}

function instant(text: string): Date {
  const parsed = parseInstant(text);
  if (!parsed) throw new Problem('validation-failed');
  return parsed;
}

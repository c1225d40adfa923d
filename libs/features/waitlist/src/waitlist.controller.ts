import { Problem } from '@berth/contracts';
import type { Page } from '@berth/kernel';
import { CurrentActor, demand, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe, ListQuery } from '@berth/platform/http';
import { demandSpan, instantOf } from '@berth/reservations';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AnswerOffer } from './answer-offer';
import type { WaitlistEntry } from './entry';
import { JoinWaitlist } from './join-waitlist';
import { AcceptOfferRequest, JoinWaitlistRequest, WaitlistEntryResponse, WaitlistPage, WaitlistQuery } from './waitlist.dto';
import { WaitlistQueries } from './waitlist.queries';

/** Waiting for a time that is taken. When it is freed, the first who waits gets it held for 30 minutes. */
@ApiTags('waitlist')
@Controller()
export class WaitlistController {
  constructor(
    private readonly joining: JoinWaitlist,
    private readonly answering: AnswerOffer,
    private readonly queries: WaitlistQueries,
  ) {}

  /** Joins the queue for a resource, for several that are had together or not at all, or for whatever fits some criteria. */
  @Post('waitlist')
  @Requires('reservation:create')
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'The same key and body get the same answer for 24 h' })
  @ApiCreatedResponse({ type: WaitlistEntryResponse })
  @ApiProblems(
    'validation-failed',
    'not-found',
    'already-exists',
    'policy-violation',
    'quota-exceeded',
    'nonexistent-local-time',
    'idempotency-key-reused',
  )
  join(@CurrentActor() actor: Actor, @Body() request: JoinWaitlistRequest): Promise<WaitlistEntry> {
    const { resourceId, resourceIds, criteria, timeZone } = request;
    if ([resourceId, resourceIds, criteria].filter((it) => it !== undefined).length > 1) {
      throw new Problem('validation-failed', {
        errors: [
          { pointer: criteria ? '/criteria' : '/resourceIds', code: 'one-of', detail: 'send one of resourceId, resourceIds and criteria' },
        ],
      });
    }
    if (request.priority) demand(actor, 'reservation:manage');
    const start = instantOf(request.start, timeZone, '/start');
    const end = instantOf(request.end, timeZone, '/end');
    demandSpan(start, end);
    return this.joining.execute(actor, {
      resourceIds: (resourceIds ?? (resourceId ? [resourceId] : [])).map((it) => it.toLowerCase()),
      criteria,
      start,
      end,
      timeZone,
      flexMinutes: request.flexMinutes ?? 0,
      quantity: request.quantity ?? 1,
      autoAccept: request.autoAccept ?? false,
      title: request.title,
      customFields: request.customFields,
      priority: request.priority ?? 0,
    });
  }

  /** One's own entries, newest first. */
  @Get('waitlist')
  @Requires('reservation:read')
  @ApiOkResponse({ type: WaitlistPage })
  @ApiProblems('validation-failed', 'unknown-parameter', 'invalid-cursor')
  mine(@CurrentActor() actor: Actor, @Query() query: WaitlistQuery): Promise<Page<WaitlistEntry>> {
    return this.queries.mine(actor, query.status, query);
  }

  /** One entry: one's own, or anybody's for those who manage reservations there. */
  @Get('waitlist/:id')
  @Requires('reservation:read')
  @ApiOkResponse({ type: WaitlistEntryResponse })
  @ApiProblems('not-found')
  read(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<WaitlistEntry> {
    return this.queries.one(actor, id);
  }

  /** Leaves the queue; an offer goes to the next. */
  @Delete('waitlist/:id')
  @HttpCode(204)
  @Requires('reservation:create')
  @ApiNoContentResponse()
  @ApiProblems('not-found', 'invalid-state')
  leave(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.answering.leave(actor, id);
  }

  /** Books what is offered; what the type asks by now and the entry does not answer is answered here. */
  @Post('waitlist/:id/accept')
  @HttpCode(200)
  @Requires('reservation:create')
  @ApiOkResponse({ type: WaitlistEntryResponse })
  @ApiBody({ type: AcceptOfferRequest, required: false })
  @ApiProblems(
    'validation-failed',
    'not-found',
    'invalid-state',
    'hold-expired',
    'policy-violation',
    'quota-exceeded',
    'reservation-conflict',
    'idempotency-key-reused',
    'unavailable',
  )
  accept(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() { customFields }: AcceptOfferRequest,
  ): Promise<WaitlistEntry> {
    return this.answering.accept(actor, id, customFields);
  }

  /** Turns the offer down; the next is asked. */
  @Post('waitlist/:id/decline')
  @HttpCode(200)
  @Requires('reservation:create')
  @ApiOkResponse({ type: WaitlistEntryResponse })
  @ApiProblems('not-found', 'invalid-state', 'idempotency-key-reused')
  decline(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<WaitlistEntry> {
    return this.answering.decline(actor, id);
  }

  /** Who waits for a resource, in the order they are offered it; names only for those who manage reservations there. */
  @Get('resources/:id/waitlist')
  @Requires('reservation:read')
  @ApiOkResponse({ type: WaitlistPage })
  @ApiProblems('validation-failed', 'unknown-parameter', 'invalid-cursor', 'not-found')
  ofResource(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string, @Query() query: ListQuery): Promise<Page<WaitlistEntry>> {
    return this.queries.ofResource(actor, id, query);
  }
}

import { parseInstant, type Page } from '@berth/kernel';
import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe } from '@berth/platform/http';
import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  DeliveriesQuery,
  DeliveryPage,
  DeliveryWithAttemptsResponse,
  ReplayedResponse,
  ReplayedSinceResponse,
  ReplaySinceQuery,
} from './deliveries.dto';
import { type Delivery, DeliveryQueries } from './delivery.queries';
import { Replay } from './replay';

/** What was sent to webhooks, for 30 days. */
@ApiTags('webhooks')
@Controller('webhooks/:id/deliveries')
export class DeliveriesController {
  constructor(
    private readonly queries: DeliveryQueries,
    private readonly replaying: Replay,
  ) {}

  /** What was and is to be sent, newest first. */
  @Get()
  @Requires('webhook:manage')
  @ApiOkResponse({ type: DeliveryPage })
  @ApiProblems('validation-failed', 'unknown-parameter', 'invalid-cursor', 'not-found')
  list(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string, @Query() query: DeliveriesQuery): Promise<Page<Delivery>> {
    const { state, event, resourceId, from, to } = query;
    const filter = { state, event, resourceId, from: from ? parseInstant(from) : undefined, to: to ? parseInstant(to) : undefined };
    return this.queries.page(actor, id, filter, query);
  }

  /** Sends again all that was made since then and has not arrived: same ids, new times, marked. Leaves its health alone. */
  @Post('replay')
  @Requires('webhook:manage')
  @HttpCode(202)
  @ApiAcceptedResponse({ type: ReplayedSinceResponse })
  @ApiProblems('validation-failed', 'unknown-parameter', 'not-found', 'invalid-state', 'idempotency-key-reused')
  replayFailed(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Query() { since }: ReplaySinceQuery,
  ): Promise<ReplayedSinceResponse> {
    return this.replaying.failedSince(actor, id, parseInstant(since) ?? new Date(0));
  }

  /** One delivery with every attempt. */
  @Get(':did')
  @Requires('webhook:manage')
  @ApiOkResponse({ type: DeliveryWithAttemptsResponse })
  @ApiProblems('not-found')
  one(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('did', IdPipe) deliveryId: string,
  ): Promise<DeliveryWithAttemptsResponse> {
    return this.queries.one(actor, id, deliveryId);
  }

  /** Sends one again: same id, new time, marked. Leaves its health alone. */
  @Post(':did/replay')
  @Requires('webhook:manage')
  @HttpCode(202)
  @ApiAcceptedResponse({ type: ReplayedResponse })
  @ApiProblems('not-found', 'invalid-state', 'idempotency-key-reused')
  replay(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('did', IdPipe) deliveryId: string,
  ): Promise<ReplayedResponse> {
    return this.replaying.one(actor, id, deliveryId);
  }
}

import { type Actor, ClosedToStandIns, CurrentActor, Requires } from '@berth/platform/auth';
import { ApiProblems, IdPipe } from '@berth/platform/http';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { PushKeyResponse, PushSubscriptionRequest, PushSubscriptionResponse, PushSubscriptionsResponse } from './push.dto';
import { PushKeys } from './push-keys';
import { type PushSubscription, PushSubscriptions } from './push-subscriptions';

/** Browsers that show one's notifications. */
@ApiTags('notifications')
@Controller()
export class PushController {
  constructor(
    private readonly keys: PushKeys,
    private readonly subscriptions: PushSubscriptions,
  ) {}

  /** The key a browser subscribes with. */
  @Get('notifications/push-key')
  @Requires('profile:manage')
  @ApiOkResponse({ type: PushKeyResponse })
  async key(): Promise<PushKeyResponse> {
    return { publicKey: (await this.keys.pair()).publicKey };
  }

  /** One's own browsers that show notifications. */
  @Get('users/me/push-subscriptions')
  @Requires('profile:manage')
  @ApiOkResponse({ type: PushSubscriptionsResponse })
  async list(@CurrentActor() actor: Actor): Promise<{ data: PushSubscription[] }> {
    return { data: await this.subscriptions.own(actor) };
  }

  /** Has notifications shown by a browser, whose keys encrypt them; no more than 20, the oldest gives way. */
  @Post('users/me/push-subscriptions')
  @Requires('profile:manage')
  @ClosedToStandIns()
  @ApiCreatedResponse({ type: PushSubscriptionResponse })
  @ApiProblems('validation-failed', 'idempotency-key-reused')
  add(
    @CurrentActor() actor: Actor,
    @Body() { endpoint, keys }: PushSubscriptionRequest,
    @Req() request: FastifyRequest,
  ): Promise<PushSubscription> {
    return this.subscriptions.add(actor, {
      endpoint,
      keys: { p256dh: keys.p256dh, auth: keys.auth },
      userAgent: request.headers['user-agent'] ?? null,
    });
  }

  /** Shows them there no more. */
  @Delete('users/me/push-subscriptions/:id')
  @HttpCode(204)
  @Requires('profile:manage')
  @ClosedToStandIns()
  @ApiNoContentResponse()
  @ApiProblems('not-found')
  remove(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.subscriptions.remove(actor, id);
  }
}

import { formatInstant, newId } from '@berth/kernel';
import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe, RequiredIfMatch } from '@berth/platform/http';
import { Clock } from '@berth/platform/runtime';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { offeredEvents } from '../message/event-catalogue';
import { bodyOf } from '../message/message';
import { sampleOf, sampleProvisioning } from '../message/sample';
import { AddWebhook } from './add-webhook';
import { ChangeWebhook } from './change-webhook';
import { RemoveWebhook } from './remove-webhook';
import { RotateSecret } from './rotate-secret';
import { type TestReport, TryWebhook } from './try-webhook';
import type { Webhook } from './webhook';
import { WebhookQueries } from './webhook.queries';
import {
  AddedWebhookResponse,
  AddWebhookRequest,
  ChangeWebhookRequest,
  OfferedEventsResponse,
  RotatedWebhookSecretResponse,
  TestReportResponse,
  TryWebhookRequest,
  WebhookResponse,
  WebhooksResponse,
  WebhookTestFailedResponse,
} from './webhooks.dto';

/** Addresses that are told what happens (Standard Webhooks 1.0). */
@ApiTags('webhooks')
@Controller('webhooks')
export class WebhooksController {
  constructor(
    private readonly queries: WebhookQueries,
    private readonly adding: AddWebhook,
    private readonly changing: ChangeWebhook,
    private readonly removing: RemoveWebhook,
    private readonly rotating: RotateSecret,
    private readonly trying: TryWebhook,
    private readonly clock: Clock,
  ) {}

  /** The webhooks of the organization by name, with how they are doing. */
  @Get()
  @Requires('webhook:manage')
  @ApiOkResponse({ type: WebhooksResponse })
  async list(@CurrentActor() actor: Actor): Promise<{ data: Webhook[] }> {
    return { data: await this.queries.all(actor) };
  }

  /** Sets up a webhook. Its secret is in this answer and nowhere else. Whoever sets it up bounds what it is told: never more than they may read. */
  @Post()
  @Requires('webhook:manage')
  @ApiCreatedResponse({ type: AddedWebhookResponse })
  @ApiProblems('validation-failed', 'already-exists', 'limit-reached', 'invalid-reference', 'permission-denied', 'idempotency-key-reused')
  add(@CurrentActor() actor: Actor, @Body() request: AddWebhookRequest): Promise<AddedWebhookResponse> {
    const { scope = { kind: 'all', ids: [], descendants: false }, payload = 'thin', headers = [], state = 'active' } = request;
    return this.adding.execute(actor, { ...request, scope, payload, headers, state });
  }

  /** What webhooks can be told of, each with a message as it might be sent. */
  @Get('events')
  @Requires('webhook:manage')
  @ApiOkResponse({ type: OfferedEventsResponse })
  events(@CurrentActor() { organizationId }: Actor): OfferedEventsResponse {
    const time = formatInstant(this.clock.now());
    const data = offeredEvents.map((it) => {
      const { told, facts } = sampleOf(it.type, { id: newId(), time, organizationId });
      const added = /^reservation\.(started|ended)$/.test(it.type) ? sampleProvisioning : {};
      return { ...it, sample: JSON.parse(bodyOf(told, [{ ...facts, ...added }])) as Record<string, unknown> };
    });
    return { data };
  }

  /** One webhook. */
  @Get(':id')
  @Requires('webhook:manage')
  @ApiOkResponse({ type: WebhookResponse })
  @ApiProblems('not-found')
  one(@CurrentActor() { organizationId }: Actor, @Param('id', IdPipe) id: string): Promise<Webhook> {
    return this.queries.one(organizationId, id);
  }

  /** Changes a webhook: merge patch. */
  @Patch(':id')
  @Requires('webhook:manage')
  @ApiOkResponse({ type: WebhookResponse })
  @ApiProblems('validation-failed', 'not-found', 'already-exists', 'invalid-reference', 'invalid-state', 'permission-denied')
  @ApiProblems('idempotency-key-reused')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @RequiredIfMatch() version: number,
    @Body() patch: ChangeWebhookRequest,
  ): Promise<Webhook> {
    return this.changing.execute(actor, { id, version, patch });
  }

  /** Removes a webhook with all that was sent to it. */
  @Delete(':id')
  @Requires('webhook:manage')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiProblems('not-found', 'permission-denied')
  remove(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string, @RequiredIfMatch() version: number): Promise<void> {
    return this.removing.execute(actor, id, version);
  }

  /** Sends it a real signed request about something that never happened, and says what came of it. Leaves its health alone. */
  @Post(':id/test')
  @Requires('webhook:manage')
  @HttpCode(200)
  @ApiOkResponse({ type: TestReportResponse })
  @ApiProblems('validation-failed', 'not-found')
  test(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string, @Body() { event }: TryWebhookRequest): Promise<TestReport> {
    return this.trying.execute(actor, id, event);
  }

  /** Gives it a new secret, which is in this answer and nowhere else; for a day the one before it signs too. */
  @Post(':id/rotate-secret')
  @Requires('webhook:manage')
  @HttpCode(200)
  @ApiOkResponse({ type: RotatedWebhookSecretResponse })
  @ApiProblems('not-found', 'permission-denied')
  rotate(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<RotatedWebhookSecretResponse> {
    return this.rotating.execute(actor, id);
  }

  /** Sends to it again, when a test arrives; what waited since it was disabled is sent then. */
  @Post(':id/enable')
  @Requires('webhook:manage')
  @HttpCode(200)
  @ApiOkResponse({ type: WebhookResponse })
  @ApiProblems('not-found', { code: 'webhook-test-failed', type: WebhookTestFailedResponse }, 'idempotency-key-reused')
  enable(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<Webhook> {
    return this.trying.enable(actor, id);
  }
}

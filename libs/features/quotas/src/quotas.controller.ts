import type { Page } from '@berth/kernel';
import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe, ListQuery, RequiredIfMatch } from '@berth/platform/http';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AddTier } from './add-tier';
import { ChangeTier } from './change-tier';
import { DeleteTier } from './delete-tier';
import { GiveTier } from './give-tier';
import {
  AddTierRequest,
  ChangeTierRequest,
  GiveTierRequest,
  PersonUsagePage,
  QuotaAlertsResponse,
  QuotaConfigResponse,
  TierResponse,
  UsageResponse,
} from './quotas.dto';
import { type PersonUsage, type QuotaConfig, QuotasQueries, type Usage } from './quotas.queries';
import type { Tier } from './tier';

/** How many requests people may send. */
@ApiTags('quotas')
@Controller('quotas')
export class QuotasController {
  constructor(
    private readonly queries: QuotasQueries,
    private readonly addTier: AddTier,
    private readonly changeTier: ChangeTier,
    private readonly deleteTier: DeleteTier,
    private readonly giveTier: GiveTier,
  ) {}

  /** The tiers, the default first, and what holds for whoever is not signed in. */
  @Get('config')
  @Requires('quota:manage')
  @ApiOkResponse({ type: QuotaConfigResponse })
  config(@CurrentActor() actor: Actor): Promise<QuotaConfig> {
    return this.queries.config(actor);
  }

  /** Adds a tier people can be given. */
  @Post('tiers')
  @Requires('quota:manage')
  @ApiCreatedResponse({ type: TierResponse })
  @ApiProblems('validation-failed', 'already-exists', 'idempotency-key-reused')
  add(@CurrentActor() actor: Actor, @Body() request: AddTierRequest): Promise<Tier> {
    return this.addTier.execute(actor, request);
  }

  /** Changes a tier: merge patch. */
  @Patch('tiers/:id')
  @Requires('quota:manage')
  @ApiOkResponse({ type: TierResponse })
  @ApiProblems('validation-failed', 'not-found', 'already-exists', 'idempotency-key-reused')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @RequiredIfMatch() version: number,
    @Body() patch: ChangeTierRequest,
  ): Promise<Tier> {
    return this.changeTier.execute(actor, { id, version, patch });
  }

  /** Deletes a tier; whoever had it has the default one from then on. */
  @Delete('tiers/:id')
  @HttpCode(204)
  @Requires('quota:manage')
  @ApiNoContentResponse()
  @ApiProblems('not-found', 'invalid-state')
  delete(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string, @RequiredIfMatch() version: number): Promise<void> {
    return this.deleteTier.execute(actor, id, version);
  }

  /** What people sent today, most first. */
  @Get('users')
  @Requires('quota:manage')
  @ApiOkResponse({ type: PersonUsagePage })
  @ApiProblems('validation-failed', 'unknown-parameter', 'invalid-cursor')
  people(@CurrentActor() actor: Actor, @Query() query: ListQuery): Promise<Page<PersonUsage>> {
    return this.queries.people(actor, query);
  }

  /** Gives a person a tier, or the default one back. */
  @Put('users/:id')
  @HttpCode(204)
  @Requires('quota:manage')
  @ApiNoContentResponse()
  @ApiProblems('validation-failed', 'not-found', 'invalid-reference')
  give(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) accountId: string,
    @RequiredIfMatch() version: number,
    @Body() { tierId }: GiveTierRequest,
  ): Promise<void> {
    return this.giveTier.execute(actor, { accountId, version, tierId });
  }

  /** What one may send, and has sent today. */
  @Get('my-usage')
  @Requires('profile:manage')
  @ApiOkResponse({ type: UsageResponse })
  own(@CurrentActor() actor: Actor): Promise<Usage> {
    return this.queries.own(actor);
  }

  /** Who came near the end of a day's requests in the last 30 days, or reached it; newest first. */
  @Get('alerts')
  @Requires('quota:manage')
  @ApiOkResponse({ type: QuotaAlertsResponse })
  async alerts(@CurrentActor() actor: Actor): Promise<QuotaAlertsResponse> {
    return { data: await this.queries.alerts(actor) };
  }
}

import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe, RequiredIfMatch } from '@berth/platform/http';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ExceptPerson } from './except-person';
import type { QuotaRule } from './quota-rule';
import {
  ChangeQuotaRuleRequest,
  OwnQuotaList,
  QuotaExceptionRequest,
  QuotaRuleList,
  QuotaRuleRequest,
  QuotaRuleResponse,
  RuleUsageResponse,
  SimulationResponse,
} from './rules.dto';
import { RulesQueries, type RuleUsage, type Simulation } from './rules.queries';
import { SetRule } from './set-rule';

/** How much people may book. */
@ApiTags('quotas')
@Controller('quotas')
export class RulesController {
  constructor(
    private readonly queries: RulesQueries,
    private readonly setting: SetRule,
    private readonly excepting: ExceptPerson,
  ) {}

  /** The quotas of reservations with how far they are used, by name. */
  @Get('rules')
  @Requires('quota:manage')
  @ApiOkResponse({ type: QuotaRuleList })
  async list(@CurrentActor() actor: Actor): Promise<QuotaRuleList> {
    return { data: await this.queries.all(actor) };
  }

  /** Adds a quota; it counts from the next booking on, with what people have already. */
  @Post('rules')
  @Requires('quota:manage')
  @ApiCreatedResponse({ type: QuotaRuleResponse })
  @ApiProblems('validation-failed', 'already-exists', 'invalid-reference', 'idempotency-key-reused')
  add(@CurrentActor() actor: Actor, @Body() request: QuotaRuleRequest): Promise<QuotaRule> {
    return this.setting.add(actor, request);
  }

  /** What a quota would have refused of what was booked in the last 30 days, by the groups and roles of today. */
  @Post('rules/simulate')
  @Requires('quota:manage')
  @HttpCode(200)
  @ApiOkResponse({ type: SimulationResponse })
  @ApiProblems('validation-failed', 'invalid-reference')
  simulate(@CurrentActor() actor: Actor, @Body() request: QuotaRuleRequest): Promise<Simulation> {
    return this.queries.simulate(actor, request);
  }

  /** Changes a quota: merge patch. */
  @Patch('rules/:id')
  @Requires('quota:manage')
  @ApiOkResponse({ type: QuotaRuleResponse })
  @ApiProblems('validation-failed', 'not-found', 'already-exists', 'invalid-reference', 'idempotency-key-reused')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @RequiredIfMatch() version: number,
    @Body() patch: ChangeQuotaRuleRequest,
  ): Promise<QuotaRule> {
    return this.setting.change(actor, { id, version, patch });
  }

  /** Deletes a quota and its exceptions. */
  @Delete('rules/:id')
  @HttpCode(204)
  @Requires('quota:manage')
  @ApiNoContentResponse()
  @ApiProblems('not-found')
  delete(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string, @RequiredIfMatch() version: number): Promise<void> {
    return this.setting.delete(actor, id, version);
  }

  /** Who has used how much of a quota, and who is excepted from it. */
  @Get('rules/:id/usage')
  @Requires('quota:manage')
  @ApiOkResponse({ type: RuleUsageResponse })
  @ApiProblems('not-found')
  usage(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<RuleUsage> {
    return this.queries.usage(actor, id);
  }

  /** Gives a person another limit for a while. */
  @Put('rules/:id/exceptions/:accountId')
  @HttpCode(204)
  @Requires('quota:manage')
  @ApiNoContentResponse()
  @ApiProblems('validation-failed', 'not-found', 'invalid-reference')
  except(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) ruleId: string,
    @Param('accountId', IdPipe) accountId: string,
    @RequiredIfMatch() version: number,
    @Body() { limit, until }: QuotaExceptionRequest,
  ): Promise<void> {
    return this.excepting.execute(actor, { ruleId, version, accountId, limit, until: new Date(until) });
  }

  /** Ends an exception. */
  @Delete('rules/:id/exceptions/:accountId')
  @HttpCode(204)
  @Requires('quota:manage')
  @ApiNoContentResponse()
  @ApiProblems('not-found')
  endException(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) ruleId: string,
    @Param('accountId', IdPipe) accountId: string,
    @RequiredIfMatch() version: number,
  ): Promise<void> {
    return this.excepting.end(actor, { ruleId, version, accountId });
  }

  /** The quotas that count for oneself, with what one has used. */
  @Get('my-reservations')
  @Requires('profile:manage')
  @ApiOkResponse({ type: OwnQuotaList })
  async own(@CurrentActor() actor: Actor): Promise<OwnQuotaList> {
    return { data: await this.queries.own(actor) };
  }
}

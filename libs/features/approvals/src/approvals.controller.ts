import { Problem } from '@berth/contracts';
import { type Page, parseInstant } from '@berth/kernel';
import { type Actor, CurrentActor, Requires } from '@berth/platform/auth';
import { ApiProblems, IdPipe, IfMatch, RequiredIfMatch } from '@berth/platform/http';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiExtraModels, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AnswerQuestion } from './answer-question';
import type { Approval } from './approval';
import { ApprovalSettings, type ApprovalSetting } from './approval-settings';
import {
  AnswerRequest,
  ApprovalPage,
  ApprovalResponse,
  ApprovalSettingsRequest,
  ApprovalSettingsResponse,
  ApproverDto,
  BackgroundResponse,
  DelegateRequest,
  PendingQuery,
  QuestionRequest,
  RespondRequest,
} from './approvals.dto';
import { ApprovalQueries } from './approvals.queries';
import { Ask } from './ask';
import { type Background, BackgroundQueries } from './background.queries';
import { Delegate } from './delegate';
import { Respond } from './respond';

/** Requests for approval: reservations that hold their time until somebody agrees. */
@ApiTags('approvals')
@ApiExtraModels(ApproverDto)
@Controller('approvals')
export class ApprovalsController {
  constructor(
    private readonly queries: ApprovalQueries,
    private readonly backgrounds: BackgroundQueries,
    private readonly responding: Respond,
    private readonly delegating: Delegate,
    private readonly asking: Ask,
    private readonly answering: AnswerQuestion,
    private readonly settings: ApprovalSettings,
  ) {}

  /** What waits for the caller, the most urgent first; those who manage a place see everything that waits there. */
  @Get('pending')
  @Requires('approval:decide')
  @ApiOkResponse({ type: ApprovalPage })
  @ApiProblems('validation-failed', 'unknown-parameter', 'invalid-cursor')
  pending(@CurrentActor() actor: Actor, @Query() query: PendingQuery): Promise<Page<Approval>> {
    return this.queries.pending(actor, query);
  }

  /** One request, by its id or that of its reservation, for who decides and who waits. */
  @Get(':id')
  @Requires('approval:decide')
  @ApiOkResponse({ type: ApprovalResponse })
  @ApiProblems('not-found')
  read(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<Approval> {
    return this.queries.one(actor, id);
  }

  /** Approves or rejects; a rejection may name a time that would be agreed to. What is decided, withdrawn or too late is 409. */
  @Post(':id/respond')
  @HttpCode(200)
  @Requires('approval:decide')
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: ApprovalResponse })
  @ApiProblems('validation-failed', 'not-found', 'invalid-state', 'precondition-failed', 'idempotency-key-reused')
  respond(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() request: RespondRequest,
    @IfMatch() ifMatch?: number,
  ): Promise<Approval> {
    return this.responding.execute(actor, {
      id,
      decision: request.decision,
      message: request.message?.trim() || null,
      suggestion: request.suggestion ? suggestionOf(request.suggestion) : null,
      ifMatch,
    });
  }

  /** Hands a request on to somebody who decides instead. */
  @Post(':id/delegate')
  @HttpCode(200)
  @Requires('approval:decide')
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: ApprovalResponse })
  @ApiProblems('validation-failed', 'not-found', 'invalid-state', 'invalid-reference', 'precondition-failed', 'idempotency-key-reused')
  delegate(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() request: DelegateRequest,
    @IfMatch() ifMatch?: number,
  ): Promise<Approval> {
    return this.delegating.execute(actor, { id, to: request.to.toLowerCase(), message: request.message?.trim() || null, ifMatch });
  }

  /** What helps to decide: what the person who waits has had at the same resources, and who else waits for the time. */
  @Get(':id/background')
  @Requires('approval:decide')
  @ApiOkResponse({ type: BackgroundResponse })
  @ApiProblems('not-found', 'permission-denied')
  background(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<Background> {
    return this.backgrounds.of(actor, id);
  }

  /** Asks who waits a question; the request goes on waiting and its deadline stays. */
  @Post(':id/ask')
  @HttpCode(200)
  @Requires('approval:decide')
  @ApiOkResponse({ type: ApprovalResponse })
  @ApiProblems('validation-failed', 'not-found', 'invalid-state', 'idempotency-key-reused')
  ask(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string, @Body() request: QuestionRequest): Promise<Approval> {
    return this.asking.execute(actor, { id, question: request.question.trim() });
  }

  /** Answers the oldest open question, by who waits. */
  @Post(':id/answer')
  @HttpCode(200)
  @Requires('approval:decide')
  @ApiOkResponse({ type: ApprovalResponse })
  @ApiProblems('validation-failed', 'not-found', 'invalid-state', 'idempotency-key-reused')
  answer(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string, @Body() request: AnswerRequest): Promise<Approval> {
    return this.answering.execute(actor, { id, answer: request.answer.trim() });
  }

  /** What a resource asks approval for, and where that was set. */
  @Get('resources/:id/settings')
  @Requires('resource:read')
  @ApiOkResponse({ type: ApprovalSettingsResponse })
  @ApiProblems('not-found')
  setting(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<ApprovalSetting> {
    return this.settings.read(actor, id);
  }

  /** Sets what a resource asks approval for; requests that wait already stay as they were asked. */
  @Put('resources/:id/settings')
  @Requires('resource:manage', 'somewhere')
  @ApiOkResponse({ type: ApprovalSettingsResponse })
  @ApiProblems('validation-failed', 'not-found')
  set(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @RequiredIfMatch() version: number,
    @Body() request: ApprovalSettingsRequest,
  ): Promise<ApprovalSetting> {
    return this.settings.set(actor, id, { ...request }, version);
  }
}

function suggestionOf(request: { start: string; end: string }): { start: Date; end: Date } {
  const [start, end] = [parseInstant(request.start), parseInstant(request.end)];
  if (start && end && end > start) return { start, end };
  throw new Problem('validation-failed', {
    errors: [{ pointer: '/suggestion/end', code: 'not-after-start', detail: 'must be after start' }],
  });
}

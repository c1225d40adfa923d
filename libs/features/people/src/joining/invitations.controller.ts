import type { Page } from '@berth/kernel';
import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe, ListQuery } from '@berth/platform/http';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Invitation, SentInvitation } from './invitation';
import { InvitationQueries } from './invitations.queries';
import { Invite } from './invite';
import { InvitationPage, InviteRequest, SentInvitationResponse } from './joining.dto';
import { WithdrawInvitation } from './withdraw-invitation';

/** Asking people to join. */
@ApiTags('people')
@Controller('users')
export class InvitationsController {
  constructor(
    private readonly inviting: Invite,
    private readonly withdrawing: WithdrawInvitation,
    private readonly queries: InvitationQueries,
  ) {}

  /** Invites somebody by their address: a link good for 7 days and once. */
  @Post('invite')
  @Requires('user:manage')
  @ApiCreatedResponse({ type: SentInvitationResponse })
  @ApiProblems('validation-failed', 'already-exists', 'idempotency-key-reused')
  invite(@CurrentActor() actor: Actor, @Body() request: InviteRequest): Promise<SentInvitation> {
    return this.inviting.execute(actor, request);
  }

  /** Invitations nobody has answered, latest first. */
  @Get('invitations')
  @Requires('user:manage')
  @ApiOkResponse({ type: InvitationPage })
  @ApiProblems('validation-failed', 'unknown-parameter', 'invalid-cursor')
  list(@CurrentActor() actor: Actor, @Query() query: ListQuery): Promise<Page<Invitation>> {
    return this.queries.page(actor, query);
  }

  /** Sends an invitation again with a new link; the old one stops. */
  @Post('invitations/:id/resend')
  @Requires('user:manage')
  @HttpCode(200)
  @ApiOkResponse({ type: SentInvitationResponse })
  @ApiProblems('not-found', 'idempotency-key-reused')
  again(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<SentInvitation> {
    return this.inviting.again(actor, id);
  }

  /** Takes an invitation back. */
  @Delete('invitations/:id')
  @Requires('user:manage')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiProblems('not-found')
  withdraw(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.withdrawing.execute(actor, id);
  }
}

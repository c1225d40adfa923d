import { CurrentActor, Requires, SessionCookies, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe } from '@berth/platform/http';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FLOW_SECONDS } from '../signing-in/flow';
import { IDENTITY_COOKIE } from '../signing-in/proved-identity.store';
import { BeginLink } from './begin-link';
import { ConfirmLink } from './confirm-link';
import { BeginLinkRequest, BegunLinkResponse, LinkedAccountResponse, WaysInResponse } from './linked.dto';
import { type LinkedAccount, LinkedQueries, type WaysIn } from './linked.queries';
import { UnlinkAccount } from './unlink-account';

/** One's own accounts at providers. */
@ApiTags('session')
@Controller('auth/linked-accounts')
export class LinkedController {
  constructor(
    private readonly queries: LinkedQueries,
    private readonly beginning: BeginLink,
    private readonly confirming: ConfirmLink,
    private readonly unlinking: UnlinkAccount,
    private readonly cookies: SessionCookies,
  ) {}

  /** What one signs in by besides a password, and whether there is one. */
  @Get()
  @Requires('account:secure')
  @ApiOkResponse({ type: WaysInResponse })
  list(@CurrentActor() actor: Actor): Promise<WaysIn> {
    return this.queries.own(actor);
  }

  /** Begins to link: says where to send the browser, which comes back to the profile. */
  @Post()
  @HttpCode(200)
  @Requires('account:secure')
  @ApiOkResponse({ type: BegunLinkResponse })
  @ApiProblems('validation-failed', 'not-found', 'password-wrong', 'too-many-attempts', 'recent-sign-in-required', 'provider-unreachable')
  async begin(
    @CurrentActor() actor: Actor,
    @Body() request: BeginLinkRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BegunLinkResponse> {
    const { url, cookie } = await this.beginning.execute(actor, request);
    this.cookies.keep(reply, cookie.name, cookie.value, { seconds: FLOW_SECONDS, sameSite: 'lax' });
    return { url };
  }

  /** Links what this browser has just proved at a provider to the account it has just signed in to. */
  @Post('confirm')
  @Requires('account:secure')
  @ApiCreatedResponse({ type: LinkedAccountResponse })
  @ApiProblems('sign-in-expired', 'recent-sign-in-required', 'already-exists', 'idempotency-key-reused')
  async confirm(
    @CurrentActor() actor: Actor,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LinkedAccount> {
    const linked = await this.confirming.execute(actor, this.cookies.kept(http, IDENTITY_COOKIE));
    this.cookies.drop(reply, IDENTITY_COOKIE);
    return linked;
  }

  /** Unlinks an account; the last way to sign in stays. */
  @Delete(':id')
  @HttpCode(204)
  @Requires('account:secure')
  @ApiNoContentResponse()
  @ApiProblems('not-found', 'last-way-in')
  unlink(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.unlinking.execute(actor, id);
  }
}

import { Problem } from '@berth/contracts';
import { CurrentActor, Public, Requires, SessionCookies, Sessions, SigningKeys, type Actor } from '@berth/platform/auth';
import { ApiProblems } from '@berth/platform/http';
import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MeResponse, RefreshRequest, SignInRequest, TokenRequest, TokenResponse } from './people.dto';
import { type Me, PeopleQueries } from './people.queries';
import { SignIn } from './sign-in';

/** Signing in and out. Machines get tokens in the body, browsers in HTTP-only cookies. */
@ApiTags('session')
@Controller()
export class SessionController {
  constructor(
    private readonly signIn: SignIn,
    private readonly sessions: Sessions,
    private readonly cookies: SessionCookies,
    private readonly keys: SigningKeys,
    private readonly people: PeopleQueries,
  ) {}

  /** Gives tokens for a password or a refresh token (RFC 6749 §4.3, §6). */
  @Post('token')
  @Public()
  @HttpCode(200)
  @ApiConsumes('application/x-www-form-urlencoded', 'application/json')
  @ApiOkResponse({ type: TokenResponse })
  @ApiProblems('validation-failed', 'invalid-credentials', 'invalid-token')
  token(@Body() request: TokenRequest, @Req() http: FastifyRequest): Promise<TokenResponse> {
    if (request.grant_type === 'refresh_token') return this.sessions.refresh(request.refresh_token ?? '');
    return this.signIn.execute({ username: request.username ?? '', password: request.password ?? '' }, deviceOf(http));
  }

  /** Replaces a refresh token. A browser sends none and gets new cookies. */
  @Post('token/refresh')
  @Public()
  @HttpCode(200)
  @ApiOkResponse({ type: TokenResponse })
  @ApiNoContentResponse({ description: 'New cookies are set' })
  @ApiProblems('validation-failed', 'unauthenticated', 'invalid-token', 'cross-site-request')
  async refresh(
    @Body() request: RefreshRequest,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TokenResponse | undefined> {
    if (request.refresh_token != null) return this.sessions.refresh(request.refresh_token);
    const cookie = this.cookies.refresh(http);
    if (!cookie) throw new Problem('unauthenticated');
    this.cookies.demandSameOrigin(http);
    this.cookies.set(reply, await this.sessions.refresh(cookie));
    reply.status(204);
    return undefined;
  }

  /** Signs a browser in: HTTP-only cookies, and who it is. */
  @Post('auth/sessions')
  @Public()
  @ApiCreatedResponse({ type: MeResponse })
  @ApiProblems('validation-failed', 'invalid-credentials', 'cross-site-request')
  async open(@Body() request: SignInRequest, @Req() http: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Me> {
    this.cookies.demandSameOrigin(http);
    const tokens = await this.signIn.execute(request, deviceOf(http));
    this.cookies.set(reply, tokens);
    return this.people.meBySession(tokens);
  }

  /** Ends the session; tokens already given out stop within seconds. */
  @Post('logout')
  @Requires('profile:manage')
  @HttpCode(204)
  @ApiNoContentResponse()
  async close(@CurrentActor() actor: Actor, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.end(actor.sessionId, 'signed-out');
    this.cookies.clear(reply);
  }

  /** Public keys of access tokens (RFC 7517). */
  @Get('.well-known/jwks.json')
  @Public()
  @ApiOkResponse({
    schema: {
      type: 'object',
      properties: { keys: { type: 'array', items: { type: 'object', additionalProperties: true } } },
      required: ['keys'],
    },
  })
  async jwks(): Promise<{ keys: object[] }> {
    return { keys: (await this.keys.all()).map((it) => it.publicJwk) };
  }
}

const deviceOf = (request: FastifyRequest): { userAgent?: string; address: string; requestId: string } => ({
  userAgent: request.headers['user-agent'],
  address: request.ip,
  requestId: request.id,
});

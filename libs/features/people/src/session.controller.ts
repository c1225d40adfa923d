import { Problem } from '@berth/contracts';
import {
  CurrentActor,
  Public,
  PublicFromOwnPages,
  Requires,
  SessionCookies,
  Sessions,
  SigningKeys,
  type Actor,
} from '@berth/platform/auth';
import { ApiProblems } from '@berth/platform/http';
import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { deviceOf } from './device';
import { MeResponse, RefreshRequest, SignInRequest, TokenRequest, TokenResponse } from './people.dto';
import { type Me, PeopleQueries } from './people.queries';
import { VerifySecondFactor } from './second-factor/verify-second-factor';
import { SignIn } from './sign-in';

/** Signing in and out. Machines get tokens in the body, browsers in HTTP-only cookies. */
@ApiTags('session')
@Controller()
export class SessionController {
  constructor(
    private readonly signIn: SignIn,
    private readonly verifySecondFactor: VerifySecondFactor,
    private readonly sessions: Sessions,
    private readonly cookies: SessionCookies,
    private readonly keys: SigningKeys,
    private readonly people: PeopleQueries,
  ) {}

  /** Gives people tokens for a password, for a code after it, or for a refresh token (RFC 6749 §4.3, §6). Programs get theirs at `/oauth/token`. */
  @Post('token')
  @Public()
  @HttpCode(200)
  @ApiConsumes('application/x-www-form-urlencoded', 'application/json')
  @ApiOkResponse({ type: TokenResponse })
  @ApiProblems(
    'validation-failed',
    'invalid-credentials',
    'invalid-token',
    'too-many-attempts',
    'second-factor-required',
    'second-factor-enrolment-required',
    'second-factor-wrong',
    'second-factor-locked',
  )
  async token(@Body() request: TokenRequest, @Req() http: FastifyRequest): Promise<TokenResponse> {
    if (request.grant_type === 'refresh_token') return this.sessions.refresh(request.refresh_token ?? '');
    if (request.grant_type === 'mfa_otp') {
      const step = { mfaToken: request.mfa_token ?? '', code: request.otp ?? '', method: 'totp', trustsBrowser: false } as const;
      return (await this.verifySecondFactor.execute(step, deviceOf(http))).tokens;
    }
    const credentials = { username: request.username ?? '', password: request.password ?? '' };
    return (await this.signIn.execute(credentials, deviceOf(http))).tokens;
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
  @PublicFromOwnPages()
  @ApiCreatedResponse({ type: MeResponse })
  @ApiProblems(
    'validation-failed',
    'invalid-credentials',
    'too-many-attempts',
    'second-factor-required',
    'second-factor-enrolment-required',
  )
  async open(@Body() request: SignInRequest, @Req() http: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Me> {
    const browser = { token: this.cookies.device(http) };
    const signedIn = await this.signIn.execute(request, { ...deviceOf(http), browser });
    this.cookies.welcome(reply, signedIn);
    return this.people.meBySession(signedIn.tokens);
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

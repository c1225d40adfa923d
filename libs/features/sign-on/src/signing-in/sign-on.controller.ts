import { type Me, MeResponse, deviceOf, PeopleQueries } from '@berth/people';
import { CurrentActor, Public, PublicFromOwnPages, Requires, SessionCookies, type Actor } from '@berth/platform/auth';
import { ApiProblems } from '@berth/platform/http';
import { LOG } from '@berth/platform/runtime';
import { Controller, Get, Inject, Param, Post, Query, Redirect, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { OfferedProvidersQuery, OfferedProvidersResponse } from '../providers/providers.dto';
import { ProvidersQueries } from '../providers/providers.queries';
import { BeginSignOn } from './begin-sign-on';
import { FLOW_SECONDS, type Flow, flowCookie } from './flow';
import { IDENTITY_COOKIE, PROOF_SECONDS } from './proved-identity.store';
import { ProviderSignOut } from './provider-sign-out';
import { SignInWithProvider } from './sign-in-with-provider';
import { BeginQuery, ProviderSignOutResponse } from './sign-on.dto';
import { SignOnFailed, type SignOnFailure } from './sign-on-failed';
import { TakeAnswer } from './take-answer';

/** Where a browser goes on. */
interface Onward {
  readonly url: string;
  readonly statusCode: 303;
}

/** Signing in at an OpenID provider: there, back, and in. */
@ApiTags('session')
@Controller('auth/oidc')
export class SignOnController {
  constructor(
    private readonly providers: ProvidersQueries,
    private readonly beginning: BeginSignOn,
    private readonly taking: TakeAnswer,
    private readonly signingIn: SignInWithProvider,
    private readonly signingOut: ProviderSignOut,
    private readonly people: PeopleQueries,
    private readonly cookies: SessionCookies,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Providers one can sign in with, in the order of their buttons, and which of them is for addresses of a domain. */
  @Get('providers')
  @Public()
  @ApiOkResponse({ type: OfferedProvidersResponse })
  @ApiProblems('validation-failed')
  async offered(@Query() { domain }: OfferedProvidersQuery): Promise<OfferedProvidersResponse> {
    return { data: await this.providers.offered(), home: await this.providers.homeOf(domain) };
  }

  /** Signs in who has come back from a provider: HTTP-only cookies, and who it is. */
  @Post('session')
  @PublicFromOwnPages()
  @ApiCreatedResponse({ type: MeResponse })
  @ApiProblems(
    'sign-in-expired',
    'sign-in-refused',
    'email-not-proved',
    'account-link-required',
    'second-factor-required',
    'second-factor-enrolment-required',
  )
  async open(@Req() http: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Me> {
    const browser = { token: this.cookies.device(http) };
    const signedIn = await this.signingIn.execute(this.cookies.kept(http, IDENTITY_COOKIE), { ...deviceOf(http), browser });
    this.cookies.drop(reply, IDENTITY_COOKIE);
    this.cookies.welcome(reply, signedIn);
    return this.people.meBySession(signedIn.tokens);
  }

  /** Where to sign out of the provider that this session came from. */
  @Get('sign-out')
  @Requires('profile:manage')
  @ApiOkResponse({ type: ProviderSignOutResponse })
  async signOut(@CurrentActor() actor: Actor): Promise<ProviderSignOutResponse> {
    return { url: await this.signingOut.execute(actor) };
  }

  /** Sends the browser to a provider. */
  @Get(':provider/start')
  @Public()
  @Redirect()
  @ApiResponse({ status: 303, description: 'To the provider, or to the sign-in page with what went wrong' })
  @ApiProblems('validation-failed', 'not-found')
  async start(
    @Param('provider') key: string,
    @Query() { returnUrl }: BeginQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Onward> {
    try {
      const { url, cookie } = await this.beginning.execute(key, { returnUrl });
      this.cookies.keep(reply, cookie.name, cookie.value, { seconds: FLOW_SECONDS, sameSite: 'lax' });
      return onward(url);
    } catch (error) {
      return this.failed(error, key);
    }
  }

  /** Takes the browser back from a provider (OpenID Connect Core §3.1.2.5). */
  @Get(':provider/callback')
  @Public()
  @Redirect()
  @ApiQuery({ name: 'code', required: false })
  @ApiQuery({ name: 'state', required: false })
  @ApiQuery({ name: 'iss', required: false })
  @ApiQuery({ name: 'error', required: false })
  @ApiResponse({ status: 303, description: 'To the page that signs in, or to the sign-in page with what went wrong' })
  @ApiProblems('not-found')
  async callback(
    @Param('provider') key: string,
    @Query() query: Record<string, unknown>,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Onward> {
    const name = flowCookie(typeof query['state'] === 'string' ? query['state'] : '');
    const cookie = this.cookies.kept(http, name);
    this.cookies.drop(reply, name);
    try {
      const search = http.url.slice((http.url + '?').indexOf('?'));
      const taken = await this.taking.execute({ key, search, cookie, requestId: http.id });
      if (taken.kind === 'linked') return onward(pageOf(taken.returnUrl, { linked: key }));
      this.cookies.keep(reply, IDENTITY_COOKIE, taken.token, { seconds: PROOF_SECONDS, sameSite: 'strict' });
      return onward(pageOf('/login/return', { returnUrl: taken.returnUrl }));
    } catch (error) {
      return this.failed(error, key, this.taking.flowOf(cookie));
    }
  }

  private failed(error: unknown, provider: string, flow?: Flow): Onward {
    if (!(error instanceof SignOnFailed)) throw error;
    const cause = error.cause instanceof Error ? error.cause.message : undefined;
    this.log.warn({ reason: error.reason, cause }, 'a sign-in at a provider came to nothing');
    const failure: SignOnFailure = error.reason;
    if (flow?.link) return onward(pageOf(flow.returnUrl, { failure, provider }));
    return onward(pageOf('/login', { failure, provider, ...(flow && flow.returnUrl !== '/' && { returnUrl: flow.returnUrl }) }));
  }
}

const onward = (url: string): Onward => ({ url, statusCode: 303 });

const pageOf = (path: string, query: Readonly<Record<string, string>>): string =>
  `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams(query).toString()}`;

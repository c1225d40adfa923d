import { PublicFromOwnPages, SessionCookies } from '@berth/platform/auth';
import { ApiProblems } from '@berth/platform/http';
import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { deviceOf } from '../device';
import type { SignedIn } from '../open-session';
import { MeResponse } from '../people.dto';
import { type Me, PeopleQueries } from '../people.queries';
import { EnrolmentRequest } from '../second-factor/second-factor.dto';
import { PasskeySecondStepRequest, PasskeySignInRequest } from './passkeys.dto';
import { SecondStepWithPasskey } from './second-step-with-passkey';
import { SignInWithPasskey } from './sign-in-with-passkey';

/** Signing a browser in with a passkey: by itself, and after the password. */
@ApiTags('session')
@Controller('auth')
export class PasskeySignInController {
  constructor(
    private readonly signIn: SignInWithPasskey,
    private readonly secondStep: SecondStepWithPasskey,
    private readonly cookies: SessionCookies,
    private readonly people: PeopleQueries,
  ) {}

  /** What a browser needs to ask for a passkey of anybody (`PublicKeyCredentialRequestOptionsJSON`); good for five minutes. */
  @Post('passkeys/sign-in/options')
  @PublicFromOwnPages()
  @HttpCode(200)
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  @ApiProblems('passkeys-unavailable')
  options(): Promise<PublicKeyCredentialRequestOptionsJSON> {
    return this.signIn.begin();
  }

  /** Signs a browser in with a passkey: HTTP-only cookies, and who it is. No second factor is asked for after it. */
  @Post('passkeys/sign-in')
  @PublicFromOwnPages()
  @ApiCreatedResponse({ type: MeResponse })
  @ApiProblems('validation-failed', 'passkey-refused', 'passkey-copied', 'passkeys-unavailable')
  async open(
    @Body() { credential }: PasskeySignInRequest,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Me> {
    const browser = { token: this.cookies.device(http) };
    return this.welcome(reply, await this.signIn.execute(credential, { ...deviceOf(http), browser }));
  }

  /** What a browser needs to ask for a passkey of who has shown the password; good for five minutes. */
  @Post('mfa/passkey/options')
  @PublicFromOwnPages()
  @HttpCode(200)
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  @ApiProblems('validation-failed', 'invalid-token', 'passkeys-unavailable')
  stepOptions(@Body() { mfaToken }: EnrolmentRequest): Promise<PublicKeyCredentialRequestOptionsJSON> {
    return this.secondStep.begin(mfaToken);
  }

  /** Signs a browser in with a passkey after the password: HTTP-only cookies, and who it is. */
  @Post('mfa/passkey')
  @PublicFromOwnPages()
  @ApiCreatedResponse({ type: MeResponse })
  @ApiProblems('validation-failed', 'invalid-token', 'passkey-refused', 'passkey-copied', 'passkeys-unavailable')
  async step(
    @Body() { mfaToken, credential, trustsBrowser = false }: PasskeySecondStepRequest,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Me> {
    const device = { ...deviceOf(http), browser: { token: this.cookies.device(http) } };
    return this.welcome(reply, await this.secondStep.execute(mfaToken, credential, trustsBrowser, device));
  }

  private welcome(reply: FastifyReply, signedIn: SignedIn): Promise<Me> {
    this.cookies.welcome(reply, signedIn);
    return this.people.meBySession(signedIn.tokens);
  }
}

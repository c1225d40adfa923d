import { PublicFromOwnPages, SessionCookies } from '@berth/platform/auth';
import { ApiProblems } from '@berth/platform/http';
import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { deviceOf } from '../device';
import type { SignedIn } from '../open-session';
import { MeResponse } from '../people.dto';
import { type Me, PeopleQueries } from '../people.queries';
import { EnrolmentRequest, RecoveryCodesResponse } from '../second-factor/second-factor.dto';
import { EnrolPasskey } from './enrol-passkey';
import { PasskeyEnrolmentRequest, PasskeySecondStepRequest, PasskeySignInRequest } from './passkeys.dto';
import { SecondStepWithPasskey } from './second-step-with-passkey';
import { SignInWithPasskey } from './sign-in-with-passkey';

/** Signing a browser in with a passkey: by itself, after the password, and with one that is set up then. */
@ApiTags('session')
@Controller('auth')
export class PasskeySignInController {
  constructor(
    private readonly signIn: SignInWithPasskey,
    private readonly secondStep: SecondStepWithPasskey,
    private readonly enrol: EnrolPasskey,
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

  /** What a browser needs to make a passkey for whose role must have a second factor and has none; good for five minutes. */
  @Post('mfa/enrolment/passkey/options')
  @PublicFromOwnPages()
  @HttpCode(200)
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  @ApiProblems('validation-failed', 'invalid-token', 'passkeys-unavailable')
  enrolmentOptions(@Body() { mfaToken }: EnrolmentRequest): Promise<PublicKeyCredentialCreationOptionsJSON> {
    return this.enrol.begin(mfaToken);
  }

  /** Takes the key the browser made, signs the browser in and gives recovery codes. */
  @Post('mfa/enrolment/passkey')
  @PublicFromOwnPages()
  @ApiCreatedResponse({ type: RecoveryCodesResponse })
  @ApiProblems('validation-failed', 'invalid-token', 'passkey-refused', 'passkeys-unavailable', 'already-exists')
  async enrolWith(
    @Body() { mfaToken, name, credential }: PasskeyEnrolmentRequest,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecoveryCodesResponse> {
    const device = { ...deviceOf(http), browser: { token: this.cookies.device(http) } };
    const { recoveryCodes, ...signedIn } = await this.enrol.finish(mfaToken, name, credential, device);
    this.cookies.welcome(reply, signedIn);
    return { recoveryCodes };
  }

  private welcome(reply: FastifyReply, signedIn: SignedIn): Promise<Me> {
    this.cookies.welcome(reply, signedIn);
    return this.people.meBySession(signedIn.tokens);
  }
}

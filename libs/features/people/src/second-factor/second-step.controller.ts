import { PublicFromOwnPages, SessionCookies } from '@berth/platform/auth';
import { ApiProblems } from '@berth/platform/http';
import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { deviceOf } from '../device';
import { MeResponse } from '../people.dto';
import { type Me, PeopleQueries } from '../people.queries';
import { Enrol } from './enrol';
import { EnrolmentCodeRequest, EnrolmentRequest, NewSecretResponse, RecoveryCodesResponse, SecondFactorRequest } from './second-factor.dto';
import { VerifySecondFactor } from './verify-second-factor';

/** The second step of a browser's sign-in, with the token the first one gave. */
@ApiTags('session')
@Controller('auth/mfa')
export class SecondStepController {
  constructor(
    private readonly verifySecondFactor: VerifySecondFactor,
    private readonly enrol: Enrol,
    private readonly cookies: SessionCookies,
    private readonly people: PeopleQueries,
  ) {}

  /** Signs a browser in with the second factor: HTTP-only cookies, and who it is. */
  @Post('verify')
  @PublicFromOwnPages()
  @ApiCreatedResponse({ type: MeResponse })
  @ApiProblems('validation-failed', 'invalid-token', 'second-factor-wrong', 'too-many-attempts', 'second-factor-locked')
  async verify(
    @Body() request: SecondFactorRequest,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Me> {
    const { mfaToken, code, method = 'totp', trustsBrowser = false } = request;
    const browser = { token: this.cookies.device(http) };
    const signedIn = await this.verifySecondFactor.execute({ mfaToken, code, method, trustsBrowser }, { ...deviceOf(http), browser });
    this.cookies.welcome(reply, signedIn);
    return this.people.meBySession(signedIn.tokens);
  }

  /** Gives a secret to whose role must have a second factor and has none. */
  @Post('enrolment')
  @PublicFromOwnPages()
  @HttpCode(200)
  @ApiOkResponse({ type: NewSecretResponse })
  @ApiProblems('validation-failed', 'invalid-token')
  beginEnrolment(@Body() request: EnrolmentRequest): Promise<NewSecretResponse> {
    return this.enrol.beginAtSignIn(request.mfaToken);
  }

  /** Takes the first code of the app, signs the browser in and gives recovery codes. */
  @Post('enrolment/confirm')
  @PublicFromOwnPages()
  @ApiCreatedResponse({ type: RecoveryCodesResponse })
  @ApiProblems('validation-failed', 'invalid-token', 'second-factor-wrong', 'too-many-attempts', 'second-factor-locked')
  async confirmEnrolment(
    @Body() request: EnrolmentCodeRequest,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecoveryCodesResponse> {
    const browser = { token: this.cookies.device(http) };
    const { recoveryCodes, ...signedIn } = await this.enrol.confirmAtSignIn(request.mfaToken, request.code, { ...deviceOf(http), browser });
    this.cookies.welcome(reply, signedIn);
    return { recoveryCodes };
  }
}

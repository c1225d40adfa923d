import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, RequiredIfMatch } from '@berth/platform/http';
import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DisableSecondFactor } from './disable-second-factor';
import { Enrol } from './enrol';
import { RenewRecoveryCodes } from './renew-recovery-codes';
import { RequireOfRoles, type SecondFactorPolicy } from './require-of-roles';
import {
  FirstCodeRequest,
  NewSecretResponse,
  OwnPasswordRequest,
  RecoveryCodesResponse,
  SecondFactorPolicyRequest,
  SecondFactorPolicyResponse,
  SecondFactorStandingResponse,
  SecondFactorStateResponse,
} from './second-factor.dto';
import { SecondFactorStandingQueries } from './second-factor-standing.queries';
import { SecondFactorQueries } from './second-factor.queries';

/** One's own second factor, and whose people must have one. */
@ApiTags('session')
@Controller('auth/mfa')
export class SecondFactorController {
  constructor(
    private readonly queries: SecondFactorQueries,
    private readonly standings: SecondFactorStandingQueries,
    private readonly enrol: Enrol,
    private readonly disableSecondFactor: DisableSecondFactor,
    private readonly renewRecoveryCodes: RenewRecoveryCodes,
    private readonly requireOfRoles: RequireOfRoles,
  ) {}

  /** Where one stands with the second factor. */
  @Get()
  @Requires('account:secure')
  @ApiOkResponse({ type: SecondFactorStateResponse })
  state(@CurrentActor() actor: Actor): Promise<SecondFactorStateResponse> {
    return this.queries.own(actor);
  }

  /** Gives a secret for an authenticator app; it is asked for once a code of it was shown. */
  @Post('setup')
  @Requires('account:secure')
  @ApiCreatedResponse({ type: NewSecretResponse })
  @ApiProblems('validation-failed', 'password-wrong', 'too-many-attempts', 'already-exists')
  setup(@CurrentActor() actor: Actor, @Body() request: OwnPasswordRequest): Promise<NewSecretResponse> {
    return this.enrol.begin(actor, request.password);
  }

  /** Takes the first code of the app and gives recovery codes; one's other sessions end. */
  @Post('setup/confirm')
  @Requires('account:secure')
  @HttpCode(200)
  @ApiOkResponse({ type: RecoveryCodesResponse })
  @ApiProblems('validation-failed', 'second-factor-wrong', 'too-many-attempts', 'second-factor-locked')
  confirm(@CurrentActor() actor: Actor, @Body() request: FirstCodeRequest): Promise<RecoveryCodesResponse> {
    return this.enrol.confirm(actor, request.code);
  }

  /** Takes one’s second factor away. */
  @Post('disable')
  @Requires('account:secure')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiProblems('validation-failed', 'password-wrong', 'too-many-attempts')
  disable(@CurrentActor() actor: Actor, @Body() request: OwnPasswordRequest): Promise<void> {
    return this.disableSecondFactor.execute(actor, request.password);
  }

  /** Gives new recovery codes in place of all earlier ones. */
  @Post('recovery-codes')
  @Requires('account:secure')
  @HttpCode(200)
  @ApiOkResponse({ type: RecoveryCodesResponse })
  @ApiProblems('validation-failed', 'password-wrong', 'too-many-attempts', 'not-found')
  recoveryCodes(@CurrentActor() actor: Actor, @Body() request: OwnPasswordRequest): Promise<RecoveryCodesResponse> {
    return this.renewRecoveryCodes.execute(actor, request.password);
  }

  /** How many active people have no second factor yet, by role. */
  @Get('standing')
  @Requires('organization:manage')
  @ApiOkResponse({ type: SecondFactorStandingResponse })
  standing(@CurrentActor() actor: Actor): Promise<SecondFactorStandingResponse> {
    return this.standings.ofOrganization(actor);
  }

  /** Roles whose people must have a second factor. */
  @Get('policy')
  @Requires('organization:manage')
  @ApiOkResponse({ type: SecondFactorPolicyResponse })
  policy(@CurrentActor() actor: Actor): Promise<SecondFactorPolicy> {
    return this.requireOfRoles.current(actor);
  }

  /** Says whose people must have a second factor; who has none sets one up at the next sign-in. */
  @Put('policy')
  @Requires('organization:manage')
  @ApiOkResponse({ type: SecondFactorPolicyResponse })
  @ApiProblems('validation-failed', 'invalid-reference')
  setPolicy(
    @CurrentActor() actor: Actor,
    @RequiredIfMatch() version: number,
    @Body() request: SecondFactorPolicyRequest,
  ): Promise<SecondFactorPolicy> {
    return this.requireOfRoles.execute(actor, request.roles, version);
  }
}

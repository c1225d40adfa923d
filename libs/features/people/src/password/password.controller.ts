import { ClosedToStandIns, CurrentActor, Public, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe, RequiredIfMatch } from '@berth/platform/http';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { MailedResponse } from '../joining/joining.dto';
import { ChangePassword } from './change-password';
import { ChangePasswordRules, type PasswordRulesSeen } from './change-password-rules';
import { ForgetPassword } from './forget-password';
import { type GivenLink, GivePasswordLink } from './give-password-link';
import {
  ChangePasswordRequest,
  ForgotRequest,
  GivenLinkResponse,
  PasswordRulesRequest,
  PasswordRulesResponse,
  ResetRequest,
  SetPasswordRequest,
} from './password.dto';
import { ResetPassword } from './reset-password';
import { SetPassword } from './set-password';

/** Passwords: one's own, forgotten ones, and what the organization takes. */
@ApiTags('session')
@Controller()
export class PasswordController {
  constructor(
    private readonly changing: ChangePassword,
    private readonly setting: SetPassword,
    private readonly forgetting: ForgetPassword,
    private readonly resetting: ResetPassword,
    private readonly giving: GivePasswordLink,
    private readonly rules: ChangePasswordRules,
  ) {}

  /** Changes one's own password; all other sessions end. */
  @Post('auth/password/change')
  @Requires('profile:manage')
  @ClosedToStandIns()
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiProblems(
    'validation-failed',
    'password-wrong',
    'too-many-attempts',
    'password-refused',
    'precondition-failed',
    'idempotency-key-reused',
  )
  change(@CurrentActor() actor: Actor, @Body() request: ChangePasswordRequest): Promise<void> {
    return this.changing.execute(actor, request);
  }

  /** Gives oneself a password where there is none, within ten minutes of signing in another way. */
  @Post('auth/password/set')
  @Requires('account:secure')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiProblems('validation-failed', 'already-exists', 'recent-sign-in-required', 'password-refused', 'idempotency-key-reused')
  set(@CurrentActor() actor: Actor, @Body() { password }: SetPasswordRequest): Promise<void> {
    return this.setting.execute(actor, password);
  }

  /** Asks for a link that sets a new password. The answer is the same whether there is such a person. */
  @Post('auth/password/forgot')
  @Public()
  @HttpCode(202)
  @ApiAcceptedResponse({ type: MailedResponse })
  @ApiProblems('validation-failed', 'mail-not-set-up')
  async forgot(@Body() { login }: ForgotRequest, @Req() http: FastifyRequest): Promise<MailedResponse> {
    await this.forgetting.execute(login, http.id);
    return { state: 'mailed' };
  }

  /** Sets a new password by a link good for 30 minutes and once; every session ends. */
  @Post('auth/password/reset')
  @Public()
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiProblems('validation-failed', 'link-invalid', 'password-refused')
  reset(@Body() { token, password }: ResetRequest, @Req() http: FastifyRequest): Promise<void> {
    return this.resetting.execute(token, password, http.id);
  }

  /** Sends somebody a link that sets a new password; where no mail leaves, gives it to hand over. */
  @Post('users/:id/password-link')
  @Requires('user:manage')
  @HttpCode(200)
  @ApiOkResponse({ type: GivenLinkResponse })
  @ApiProblems('not-found', 'idempotency-key-reused')
  give(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<GivenLink> {
    return this.giving.execute(actor, id);
  }

  /** Which passwords are taken here. */
  @Get('password-rules')
  @Public()
  @ApiOkResponse({ type: PasswordRulesResponse })
  seen(): Promise<PasswordRulesSeen> {
    return this.rules.current();
  }

  /** Chooses which passwords are taken; those that are set already stay. */
  @Put('password-rules')
  @Requires('organization:manage')
  @ApiOkResponse({ type: PasswordRulesResponse })
  @ApiProblems('validation-failed')
  choose(
    @CurrentActor() actor: Actor,
    @RequiredIfMatch() version: number,
    @Body() { preset }: PasswordRulesRequest,
  ): Promise<PasswordRulesSeen> {
    return this.rules.execute(actor, preset, version);
  }
}

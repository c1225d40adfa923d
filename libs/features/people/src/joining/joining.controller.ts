import { Public } from '@berth/platform/auth';
import { ApiProblems, languageOf } from '@berth/platform/http';
import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ConfirmEmail } from '../email/confirm-email';
import { PersonResponse, RegisterRequest } from '../people.dto';
import type { Person } from '../person';
import { AcceptInvitation } from './accept-invitation';
import { ConfirmRegistration } from './confirm-registration';
import { InvitationQueries, type InvitationSeen } from './invitations.queries';
import { AcceptInvitationRequest, InvitationSeenResponse, LinkTokenRequest, MailedResponse } from './joining.dto';
import { Register } from './register';

/**
 * What people do before they are signed in. Links lead to a page of the console whose button calls these; a program that
 * only looks at a link, as mail scanners do, changes nothing.
 */
@ApiTags('session')
@Controller()
export class JoiningController {
  constructor(
    private readonly signUp: Register,
    private readonly confirming: ConfirmRegistration,
    private readonly accepting: AcceptInvitation,
    private readonly provingEmail: ConfirmEmail,
    private readonly invitations: InvitationQueries,
  ) {}

  /** Joins the organization, where it takes registrations: by a letter where mail leaves (202), at once where none does (201). */
  @Post('register')
  @Public()
  @ApiCreatedResponse({ type: PersonResponse })
  @ApiAcceptedResponse({ type: MailedResponse })
  @ApiProblems('validation-failed', 'registration-closed', 'password-refused', 'already-exists')
  async register(
    @Body() request: RegisterRequest,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Person | MailedResponse> {
    const language = languageOf(http.headers['accept-language']);
    const person = await this.signUp.execute({ ...request, language }, http.id);
    if (!person) reply.status(202);
    return person ?? { state: 'mailed' };
  }

  /** Makes the account a registration asked for. */
  @Post('auth/registration/confirm')
  @Public()
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiProblems('validation-failed', 'link-invalid', 'already-exists')
  confirm(@Body() { token }: LinkTokenRequest, @Req() http: FastifyRequest): Promise<void> {
    return this.confirming.execute(token, http.id);
  }

  /** What an invitation is for; changes nothing. */
  @Post('auth/invitation/look')
  @Public()
  @HttpCode(200)
  @ApiOkResponse({ type: InvitationSeenResponse })
  @ApiProblems('validation-failed', 'link-invalid')
  look(@Body() { token }: LinkTokenRequest): Promise<InvitationSeen> {
    return this.invitations.byToken(token);
  }

  /** Accepts an invitation: the account is there, and can be signed in to. */
  @Post('auth/invitation/accept')
  @Public()
  @ApiCreatedResponse({ type: PersonResponse })
  @ApiProblems('validation-failed', 'link-invalid', 'password-refused', 'already-exists')
  accept(@Body() request: AcceptInvitationRequest, @Req() http: FastifyRequest): Promise<Person> {
    return this.accepting.execute(request, http.id);
  }

  /** Puts a new address in the place of the old one, now that it is proved. */
  @Post('auth/email/confirm')
  @Public()
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiProblems('validation-failed', 'link-invalid', 'already-exists')
  email(@Body() { token }: LinkTokenRequest, @Req() http: FastifyRequest): Promise<void> {
    return this.provingEmail.execute(token, http.id);
  }
}

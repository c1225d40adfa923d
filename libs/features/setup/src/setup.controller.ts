import { Problem } from '@berth/contracts';
import { demandByPreset, RegisterRequest, TokenResponse } from '@berth/people';
import { Public, type TokenAnswer } from '@berth/platform/auth';
import { ApiProblems, clientAddress } from '@berth/platform/http';
import { TestMail } from '@berth/platform/mail';
import { Body, Controller, Get, Headers, HttpCode, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DemoOrganization } from './demo-organization';
import { hoursOn, Initialise } from './initialise';
import { type AddedAdministrator, Reopen } from './reopen';
import { Reopening } from './reopening';
import {
  AddedAdministratorResponse,
  InitialiseRequest,
  SetupStatusResponse,
  SetupTestMailRequest,
  SetupTestMailResponse,
} from './setup.dto';
import { SetupToken } from './setup-token';

/** The first run: from an empty database to an organization with an administrator; and the way back where none can sign in any more. */
@ApiTags('setup')
@Controller('setup')
export class SetupController {
  constructor(
    private readonly token: SetupToken,
    private readonly initialise: Initialise,
    private readonly demo: DemoOrganization,
    private readonly mail: TestMail,
    private readonly reopening: Reopening,
    private readonly reopen: Reopen,
  ) {}

  /** Whether Berth still waits to be set up. */
  @Get('status')
  @Public()
  @ApiOkResponse({ type: SetupStatusResponse })
  async status(): Promise<SetupStatusResponse> {
    return this.token.status();
  }

  /** Checks the set-up token, or the one for reopening, before anything is typed in. */
  @Post('unlock')
  @Public()
  @HttpCode(204)
  @ApiHeader({ name: 'X-Setup-Token', required: true })
  @ApiNoContentResponse()
  @ApiProblems('setup-token-invalid', 'setup-done', 'too-many-attempts')
  async unlock(@Req() http: FastifyRequest, @Headers('x-setup-token') token?: string): Promise<void> {
    if (!token) throw new Problem('setup-token-invalid');
    if (await this.token.isSetUp()) await this.reopening.demand(token, clientAddress(http));
    else await this.token.demand(token);
  }

  /** Adds an administrator with the token for reopening (`SETUP_REOPEN_TOKEN`), which is good once. Nothing else is changed, and nobody signed in. */
  @Post('reopen')
  @Public()
  @ApiHeader({ name: 'X-Setup-Token', required: true })
  @ApiCreatedResponse({ type: AddedAdministratorResponse })
  @ApiProblems('validation-failed', 'setup-token-invalid', 'setup-done', 'too-many-attempts', 'password-refused', 'already-exists')
  async addAdministrator(
    @Body() admin: RegisterRequest,
    @Req() http: FastifyRequest,
    @Headers('x-setup-token') token?: string,
  ): Promise<AddedAdministrator> {
    if (!token) throw new Problem('setup-token-invalid');
    const { username, email, password, displayName = username } = admin;
    demandByPreset('standard', password, { username, about: [email, displayName] }, '/password');
    const origin = { requestId: http.id, address: clientAddress(http) };
    return this.reopen.execute({ token, admin: { username, email, password, displayName } }, origin);
  }

  /** Sends a letter now, so that the one who sets Berth up sees whether mail arrives. */
  @Post('mail-test')
  @Public()
  @HttpCode(200)
  @ApiHeader({ name: 'X-Setup-Token', required: true })
  @ApiOkResponse({ type: SetupTestMailResponse })
  @ApiProblems('validation-failed', 'setup-token-invalid', 'setup-done', 'mail-not-set-up', 'mail-not-sent')
  async testMail(
    @Body() { email, language }: SetupTestMailRequest,
    @Headers('x-setup-token') token?: string,
  ): Promise<SetupTestMailResponse> {
    await this.token.demand(token ?? '');
    return this.mail.send({ to: { name: '', address: email }, language: language ?? 'en', organization: 'Berth' });
  }

  /** Creates the organization and its first administrator, and signs them in. */
  @Post('initialize')
  @Public()
  @ApiCreatedResponse({ type: TokenResponse })
  @ApiProblems('validation-failed', 'setup-token-invalid', 'setup-done', 'password-refused', 'already-exists')
  async start(@Body() request: InitialiseRequest, @Req() http: FastifyRequest): Promise<TokenAnswer> {
    await this.token.demand(request.setupToken);
    const { organization, admin } = request;
    const about = [admin.email, admin.displayName ?? '', organization.name];
    demandByPreset('standard', admin.password, { username: admin.username, about }, '/admin/password');
    const { workingHours: hours } = organization;
    const isDemo = request.startData === 'demo';
    const tokens = await this.initialise.execute(
      {
        organization: {
          name: organization.name,
          timeZone: organization.timeZone,
          language: organization.language ?? 'en',
          weekStart: organization.weekStart ?? 1,
          hours: hours ? hoursOn(hours.weekdays, hours.opens, hours.closes) : null,
          registrationOpen: organization.registrationOpen ?? false,
          demo: isDemo,
        },
        admin: { ...admin, displayName: admin.displayName ?? admin.username },
        kinds: request.kinds?.length ? request.kinds : ['room'],
      },
      { requestId: http.id, userAgent: http.headers['user-agent'], address: clientAddress(http) },
    );
    if (isDemo) await this.demo.fill(tokens);
    return tokens;
  }
}

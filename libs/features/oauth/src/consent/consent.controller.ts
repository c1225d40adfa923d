import { Problem } from '@berth/contracts';
import { CurrentActor, Public, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems } from '@berth/platform/http';
import { CONFIG, type Config } from '@berth/platform/runtime';
import { Body, Controller, Get, HttpCode, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiFoundResponse, ApiOkResponse, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ClientAuthentication } from '../protocol/client-authentication';
import { issuerOf } from '../protocol/issuer';
import { OAuthError } from '../protocol/oauth-error';
import { AllowClient } from './allow-client';
import { askedOf } from './asked';
import { type AuthorizationRequest, backTo, judgeRequest } from './authorization-request';
import { AnsweredResponse, AnswerConsentRequest, ConsentResponse, LookAtRequest } from './consent.dto';

/** Where a person lets a client act in their name, with a code that goes back to it. */
@ApiTags('oauth')
@Controller('oauth')
export class ConsentController {
  constructor(
    private readonly clients: ClientAuthentication,
    private readonly allowing: AllowClient,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Where a client sends the browser of a person (RFC 6749 §4.1.1): on to the page that asks them, or back with what is wrong. PKCE with S256 is required. */
  @Get('authorize')
  @Public()
  @ApiQuery({ name: 'client_id', required: false, type: String })
  @ApiQuery({ name: 'redirect_uri', required: false, type: String, description: 'One that is registered, letter by letter' })
  @ApiQuery({ name: 'response_type', required: false, type: String, description: 'code' })
  @ApiQuery({
    name: 'scope',
    required: false,
    type: String,
    description: 'Permissions parted by spaces; all that are registered where left out',
  })
  @ApiQuery({ name: 'state', required: false, type: String })
  @ApiQuery({ name: 'code_challenge', required: false, type: String })
  @ApiQuery({ name: 'code_challenge_method', required: false, type: String, description: 'S256' })
  @ApiFoundResponse({ description: 'To the page that asks the person, or back to the client' })
  async authorize(@Query() _query: object, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const query = request.url.split('?').slice(1).join('?');
    const judged = await judgeRequest(query, issuerOf(this.config, request), this.clients);
    // What is broken is told to the person: there is nobody else it could be told to.
    await reply.redirect(judged.kind === 'refused' ? judged.redirectTo : `/connect?${query}`, 302);
  }

  /** What a client asks for, to be put to the person who is signed in. */
  @Post('consent/look')
  @Requires('account:secure')
  @HttpCode(200)
  @ApiOkResponse({ type: ConsentResponse })
  @ApiProblems('validation-failed')
  async look(
    @CurrentActor() actor: Actor,
    @Body() { request: query }: LookAtRequest,
    @Req() http: FastifyRequest,
  ): Promise<ConsentResponse> {
    const judged = await this.judge(actor, query, http);
    if (typeof judged === 'string') return { redirectTo: judged };
    return { asked: askedOf(actor, judged.client, judged.scopes), goesTo: placeOf(judged.redirectUri) };
  }

  /** Lets a client act in one's name, or does not. */
  @Post('consent')
  @Requires('account:secure')
  @HttpCode(200)
  @ApiOkResponse({ type: AnsweredResponse })
  @ApiProblems('validation-failed')
  async answer(
    @CurrentActor() actor: Actor,
    @Body() { request: query, allow }: AnswerConsentRequest,
    @Req() http: FastifyRequest,
  ): Promise<AnsweredResponse> {
    const judged = await this.judge(actor, query, http);
    if (typeof judged === 'string') return { redirectTo: judged };
    const issuer = issuerOf(this.config, http);
    const refusal = (code: string) => ({ redirectTo: backTo(judged, issuer, { error: code }) });
    if (!allow) return refusal('access_denied');
    try {
      return { redirectTo: backTo(judged, issuer, { code: await this.allowing.execute(actor, judged) }) };
    } catch (error) {
      if (error instanceof OAuthError) return refusal(error.code);
      throw error;
    }
  }

  /** @returns the request, or where to go with what is wrong. @throws Problem `validation-failed` for one nobody can be told about */
  private async judge(actor: Actor, query: string, http: FastifyRequest): Promise<AuthorizationRequest | string> {
    const judged = await judgeRequest(query, issuerOf(this.config, http), this.clients);
    if (judged.kind === 'refused') return judged.redirectTo;
    // A client of another organization is none here.
    const mine = judged.kind === 'good' && judged.request.client.organizationId === actor.organizationId;
    if (judged.kind === 'good' && mine) return judged.request;
    const detail = judged.kind === 'broken' ? judged.error.description : 'the client is not known';
    const code = judged.kind === 'broken' && judged.error.code === 'invalid_request' ? 'redirect-uri' : 'unknown-client';
    throw new Problem('validation-failed', { detail, errors: [{ pointer: '/request', code, detail }] });
  }
}

/** What of a redirect URI says where it leads: the host, or the scheme of an app. */
function placeOf(redirectUri: string): string {
  const { host, protocol } = new URL(redirectUri);
  return host === '' ? protocol : host;
}

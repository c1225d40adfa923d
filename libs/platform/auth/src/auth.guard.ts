import { closedToStandIns, Problem } from '@berth/contracts';
import type { Via } from '@berth/platform/database';
import { clientAddress } from '@berth/platform/http';
import { CONFIG, type Config } from '@berth/platform/runtime';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessTokens } from './access-tokens';
import type { Actor, AuthenticatedRequest } from './actor';
import { ApiTokens } from './api-tokens';
import { SessionCookies } from './cookies';
import { Allowances, type Requester } from './rates/allowances';
import { requestersOf } from './rates/requesters';
import { tellStanding } from './rates/rate-headers';
import { CLOSED_TO_STAND_INS, OWN_PAGES, PUBLIC, REQUIRES, type Requirement } from './requires';
import { denied, may, maySomewhere } from './rights';
import { type Principal, Sessions } from './sessions';
import { TokenUse } from './token-use';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Turns a token into an `Actor`, counts the request, and asks for the route's permission. A route that says nothing is closed. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: AccessTokens,
    private readonly sessions: Sessions,
    private readonly cookies: SessionCookies,
    private readonly apiTokens: ApiTokens,
    private readonly tokenUse: TokenUse,
    private readonly allowances: Allowances,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    const request = context.switchToHttp().getRequest<FastifyRequest & AuthenticatedRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, targets)) {
      await this.count(anonymous(request), reply);
      if (this.reflector.getAllAndOverride<boolean>(OWN_PAGES, targets)) this.cookies.demandSameOrigin(request);
      return true;
    }
    const required = this.reflector.getAllAndOverride<Requirement | undefined>(REQUIRES, targets);
    if (!required) throw new Problem('permission-denied', { detail: 'This route is closed.' });

    request.actor = await this.authenticate(request).catch(async (error: unknown) => {
      await this.count(anonymous(request), reply);
      throw error;
    });
    for (const requester of requestersOf(request.actor)) await this.count(requester, reply);
    const actor = request.actor;
    const isClosed = closedToStandIns.has(required.permission) || this.reflector.getAllAndOverride<boolean>(CLOSED_TO_STAND_INS, targets);
    if (isClosed && actor.via?.kind === 'stand-in') throw new Problem('standing-in');
    const holds = required.reach === 'somewhere' ? maySomewhere : may;
    if (!holds(actor, required.permission) && !required.or.some((it) => maySomewhere(actor, it))) throw denied(required.permission);
    return true;
  }

  /** @throws Problem `rate-limited` */
  private async count(requester: Requester, reply: FastifyReply): Promise<void> {
    if (this.config.limitsRates) tellStanding(reply, await this.allowances.spend(requester));
  }

  private async authenticate(request: FastifyRequest & AuthenticatedRequest): Promise<Actor> {
    const { token, isStandIn } = this.tokenOf(request);
    const looking = this.apiTokens.isOne(token) ? this.principalOfToken(request, token) : this.principalOf(request, token);
    const principal = await looking.catch((error: unknown) => {
      if (isStandIn && error instanceof Problem && error.code === 'invalid-token') return undefined;
      throw error;
    });
    // The browser has a session of its own to go back to: nobody has to sign in again.
    if (!principal) throw new Problem(isStandIn ? 'stand-in-over' : 'invalid-token');
    return { ...principal, requestId: request.id };
  }

  private async principalOf(request: AuthenticatedRequest, accessToken: string): Promise<Principal | undefined> {
    const { sessionId, accountId, organizationId, standInBy } = await this.tokens.verify(accessToken);
    const principal = await this.sessions.principal(sessionId);
    if (principal?.accountId === accountId) return principal;
    const via: Via = standInBy === undefined ? { kind: 'session', id: sessionId } : { kind: 'stand-in', id: sessionId, by: standInBy };
    request.presented = { accountId, organizationId, via };
    return undefined;
  }

  private async principalOfToken(request: AuthenticatedRequest, token: string): Promise<Principal | undefined> {
    const principal = await this.apiTokens.principal(token);
    if (principal) this.tokenUse.count(principal);
    else request.presented = await this.apiTokens.owner(token);
    return principal;
  }

  private tokenOf(request: FastifyRequest): { readonly token: string; readonly isStandIn: boolean } {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const [, token] = /^Bearer +([^\s]+)$/i.exec(authorization) ?? [];
      if (!token) throw new Problem('invalid-token');
      return { token, isStandIn: false };
    }
    const cookie = this.cookies.access(request);
    if (!cookie) throw new Problem('unauthenticated');
    if (!SAFE_METHODS.has(request.method)) this.cookies.demandSameOrigin(request);
    return { token: cookie, isStandIn: cookie === this.cookies.standIn(request) };
  }
}

const anonymous = (request: FastifyRequest): Requester => ({ kind: 'address', address: clientAddress(request) });

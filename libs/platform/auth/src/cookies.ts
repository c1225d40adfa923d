import { Problem } from '@berth/contracts';
import { CONFIG, type Config } from '@berth/platform/runtime';
import { fastifyCookie } from '@fastify/cookie';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { TokenAnswer } from './sessions';

const REFRESH_DAYS = 30;
const DEVICE_DAYS = 180;
const STAND_IN = 'stand-in';
const { parse: parseCookie } = fastifyCookie;

/** The browser's way in: HTTP-only cookies, accepted only from our own pages. Machines use a bearer token instead. */
@Injectable()
export class SessionCookies {
  private readonly secure: boolean;

  constructor(@Inject(CONFIG) private readonly config: Config) {
    this.secure = config.publicUrl?.startsWith('https://') ?? false;
  }

  set(reply: FastifyReply, tokens: TokenAnswer): void {
    const shared = { httpOnly: true, secure: this.secure, sameSite: 'strict', path: '/' } as const;
    reply.setCookie(this.accessName, tokens.access_token, { ...shared, maxAge: tokens.expires_in });
    reply.setCookie(this.refreshName, tokens.refresh_token, { ...shared, maxAge: REFRESH_DAYS * 86_400 });
  }

  /** After a sign-in: the session, and the browser's own token, by which it is known when somebody signs in with it again. */
  welcome(reply: FastifyReply, signedIn: { readonly tokens: TokenAnswer; readonly deviceToken?: string }): void {
    this.set(reply, signedIn.tokens);
    this.dropStandIn(reply);
    if (signedIn.deviceToken) this.setDevice(reply, signedIn.deviceToken);
  }

  private setDevice(reply: FastifyReply, token: string): void {
    const kept = { httpOnly: true, secure: this.secure, sameSite: 'strict', path: '/', maxAge: DEVICE_DAYS * 86_400 } as const;
    reply.setCookie(this.deviceName, token, kept);
  }

  clear(reply: FastifyReply): void {
    for (const name of [this.accessName, this.refreshName]) this.takeBack(reply, name);
    this.dropStandIn(reply);
  }

  /**
   * Has the browser act as somebody else, beside its own session. The cookie outlives its token: what a page does after the end is
   * refused until it has been told, and is never done in one's own name by mistake.
   */
  setStandIn(reply: FastifyReply, token: string): void {
    this.keep(reply, STAND_IN, token, { seconds: REFRESH_DAYS * 86_400, sameSite: 'strict' });
  }

  standIn(request: FastifyRequest): string | undefined {
    // What was taken away comes back empty from some clients.
    return this.kept(request, STAND_IN) || undefined;
  }

  dropStandIn(reply: FastifyReply): void {
    this.takeBack(reply, this.named(STAND_IN));
  }

  /**
   * Keeps a value in the browser for one purpose and a short while.
   * @param sameSite `lax` where it has to come back with a navigation that another site began
   */
  keep(reply: FastifyReply, name: string, value: string, { seconds, sameSite }: { seconds: number; sameSite: 'strict' | 'lax' }): void {
    reply.setCookie(this.named(name), value, { httpOnly: true, secure: this.secure, sameSite, path: '/', maxAge: seconds });
  }

  kept(request: FastifyRequest, name: string): string | undefined {
    return request.cookies[this.named(name)];
  }

  drop(reply: FastifyReply, name: string): void {
    reply.clearCookie(this.named(name), { path: '/', secure: this.secure, httpOnly: true });
  }

  private takeBack(reply: FastifyReply, name: string): void {
    reply.clearCookie(name, { path: '/', secure: this.secure, httpOnly: true, sameSite: 'strict' });
  }

  /** Of whoever the browser acts as. */
  access(request: FastifyRequest): string | undefined {
    return this.standIn(request) ?? request.cookies[this.accessName];
  }

  /** The same, from a raw `Cookie` header (an upgrade has no parsed request). */
  accessOfHeader(header: string | undefined): string | undefined {
    const cookies = parseCookie(header ?? '');
    return cookies[this.named(STAND_IN)] || cookies[this.accessName];
  }

  refresh(request: FastifyRequest): string | undefined {
    return request.cookies[this.refreshName];
  }

  device(request: FastifyRequest): string | undefined {
    return request.cookies[this.deviceName];
  }

  /**
   * A cookie travels with requests other sites make, so whatever relies on one must come from our own pages.
   * @throws Problem `cross-site-request` unless `Origin` is ours and `Sec-Fetch-Site`, where sent, says same-origin
   */
  demandSameOrigin(request: Pick<FastifyRequest, 'headers' | 'host'>): void {
    const { origin } = request.headers;
    const site = request.headers['sec-fetch-site'];
    if (origin === undefined || !this.isOwnOrigin(origin, request.host) || (site !== undefined && site !== 'same-origin')) {
      throw new Problem('cross-site-request');
    }
  }

  /** Whether a page of ours sent it: the public URL where one is set, else the address the request came to. */
  isOwnOrigin(origin: string, host: string): boolean {
    if (this.config.publicUrl) return origin === this.config.publicUrl;
    return origin === `http://${host}` || origin === `https://${host}`;
  }

  private get accessName(): string {
    return this.named('session');
  }
  private get deviceName(): string {
    return this.named('device');
  }
  private get refreshName(): string {
    return this.named('refresh');
  }

  // The prefix makes browsers refuse the cookie unless it is secure and of this host alone; it needs https.
  private named(name: string): string {
    return this.secure ? `__Host-berth-${name}` : `berth-${name}`;
  }
}

import { CONFIG, type Config } from '@berth/platform/runtime';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { lookup } from 'node:dns/promises';
import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isIn, isPublic, networks } from './networks';

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 1024 * 1024;
const PORTS: ReadonlySet<string> = new Set(['', '443', '8443']);

/** Why nothing came back. */
export type FetchFailure = 'address-refused' | 'name-unknown' | 'unreachable' | 'not-trusted' | 'too-slow' | 'too-large';

/** A request that was not sent or got no whole answer. */
export class FetchFailed extends Error {
  constructor(
    readonly reason: FetchFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'FetchFailed';
  }
}

export interface OutgoingRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** For everything from the look-up of the name to the last byte; milliseconds. */
  readonly timeout?: number;
  /** For the connection alone, TLS included; milliseconds. */
  readonly connectTimeout?: number;
  /** An answer that is larger has failed. */
  readonly maxBytes?: number;
  /** An answer that is larger is cut there, and what was said until then is the answer. */
  readonly cutAt?: number;
  /** Ends it before its time. */
  readonly signal?: AbortSignal;
}

interface Target {
  readonly address: string;
  readonly family: number;
}

/** What a name stands for; throws where it stands for nothing. */
export type LookUp = (name: string) => Promise<readonly Target[]>;
export const LOOK_UP = Symbol('LookUp');
const lookUpBySystem: LookUp = (name) => lookup(name, { all: true });

/**
 * The one place HTTP leaves from. What a name stands for is looked up once, all of it must be reachable by the rules, and the
 * connection goes to what was looked at, so that no second look-up can answer otherwise. Redirects are given back, not followed.
 */
@Injectable()
export class SafeFetch {
  private readonly allowed: ReturnType<typeof networks>;

  /** @param lookUp the system's; another where names are looked up elsewhere */
  constructor(
    @Inject(CONFIG) config: Pick<Config, 'allowedNetworks'>,
    @Optional() @Inject(LOOK_UP) private readonly lookUp: LookUp = lookUpBySystem,
  ) {
    this.allowed = networks(config.allowedNetworks);
  }

  /** Whether a request could be sent there now, without sending one. @throws FetchFailed */
  async check(address: string): Promise<void> {
    const url = parse(address);
    this.demandReachable(url, await this.resolve(url, AbortSignal.timeout(TIMEOUT_MS)));
  }

  /** @throws FetchFailed */
  async send(address: string, options: OutgoingRequest = {}): Promise<Response> {
    const within = AbortSignal.timeout(options.timeout ?? TIMEOUT_MS);
    const deadline = options.signal ? AbortSignal.any([within, options.signal]) : within;
    const url = parse(address);
    const targets = await this.resolve(url, deadline);
    this.demandReachable(url, targets);
    return exchange(url, targets, options, deadline);
  }

  private async resolve(url: URL, deadline: AbortSignal): Promise<readonly Target[]> {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const family = isIP(host);
    if (family !== 0) return [{ address: host, family }];
    try {
      const found = await Promise.race([this.lookUp(host), expiry(deadline)]);
      if (found.length > 0) return found;
    } catch (error) {
      if (error instanceof FetchFailed) throw error;
    }
    throw new FetchFailed('name-unknown', `there is no ${host}`);
  }

  private demandReachable(url: URL, targets: readonly Target[]): void {
    if (targets.every((it) => isIn(this.allowed, it.address))) return;
    if (url.protocol !== 'https:') throw new FetchFailed('address-refused', 'https is asked for');
    if (!PORTS.has(url.port)) throw new FetchFailed('address-refused', `port ${url.port} is none requests are sent to`);
    if (!targets.every((it) => isPublic(it.address) || isIn(this.allowed, it.address)))
      throw new FetchFailed('address-refused', `${url.hostname} is not in the public internet, nor in a network the operator allows`);
  }
}

function parse(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new FetchFailed('address-refused', 'an http(s) address without credentials is asked for');
  return url;
}

function exchange(url: URL, targets: readonly Target[], options: OutgoingRequest, deadline: AbortSignal): Promise<Response> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => reject(error instanceof FetchFailed ? error : deadline.aborted ? tooSlow() : failureOf(error));
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const sent: ClientRequest = send(url, {
      method: options.method ?? 'GET',
      headers: { 'user-agent': 'Berth', ...options.headers, 'accept-encoding': 'identity' },
      // An agent of its own: no connection somebody else opened, no proxy of the environment.
      agent: false,
      rejectUnauthorized: true,
      lookup: pinnedTo(targets),
      signal: deadline,
    });
    giveUpConnecting(sent, url, options.connectTimeout);
    let isAnswered = false;
    sent.on('error', failed);
    // Of a receiver that changes the protocol (101) there is neither an answer nor an error, only the end.
    sent.on('close', () => isAnswered || failed(new FetchFailed('unreachable', NO_ANSWER)));
    sent.on('response', (answer) => {
      isAnswered = true;
      read(answer, options).then((body) => resolve(toResponse(answer, body)), failed);
    });
    sent.end(options.body);
  });
}

const pinnedTo =
  (targets: readonly Target[]): LookupFunction =>
  (_host, { all }, give) => {
    const [first] = targets;
    if (all) give(null, [...targets]);
    else give(null, first?.address ?? '', first?.family);
  };

function giveUpConnecting(sent: ClientRequest, url: URL, milliseconds: number | undefined): void {
  if (milliseconds === undefined) return;
  const timer = setTimeout(() => sent.destroy(new FetchFailed('too-slow', 'no connection was made in time')), milliseconds);
  const over = (): void => clearTimeout(timer);
  sent.on('socket', (socket) => socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', over));
  sent.on('close', over);
}

const NO_ANSWER = 'what came back is no answer';
/** Words for what went wrong; what the system says has addresses in it. */
const BROKEN: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ECONNRESET: 'the connection was broken off',
  EPIPE: 'the connection was broken off',
  ENETUNREACH: 'no way leads there',
  EHOSTUNREACH: 'no way leads there',
};
const UNTRUSTED: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'the certificate has expired',
  CERT_NOT_YET_VALID: 'the certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is of another name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is nobody’s we trust',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate is nobody’s we trust',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate is nobody’s we trust',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the certificate is nobody’s we trust',
};

function failureOf(error: NodeJS.ErrnoException): FetchFailed {
  const { code = '' } = error;
  const untrusted = UNTRUSTED[code] ?? (/^(ERR_TLS|ERR_SSL|EPROTO|CERT_)/.test(code) ? 'no trusted connection came about' : undefined);
  if (untrusted !== undefined) return new FetchFailed('not-trusted', untrusted, { cause: error });
  return new FetchFailed('unreachable', BROKEN[code] ?? NO_ANSWER, { cause: error });
}

async function read(answer: IncomingMessage, { maxBytes = MAX_BYTES, cutAt }: OutgoingRequest): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length;
    if (cutAt !== undefined && size >= cutAt) {
      parts.push(part.subarray(0, part.length - (size - cutAt)));
      answer.destroy();
      break;
    }
    if (size > maxBytes) {
      answer.destroy();
      throw new FetchFailed('too-large', `the answer is larger than ${maxBytes} bytes`);
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

function toResponse(answer: IncomingMessage, body: Buffer): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headersDistinct)) for (const it of value ?? []) headers.append(name, it);
  const status = answer.statusCode ?? 0;
  if (status < 200 || status > 599) throw new FetchFailed('unreachable', `the answer has the status ${status}`);
  return new Response(WITHOUT_BODY.has(status) ? null : new Uint8Array(body), { status, headers });
}

const tooSlow = (): FetchFailed => new FetchFailed('too-slow', 'no whole answer came in time');

const expiry = (deadline: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => deadline.addEventListener('abort', () => reject(tooSlow()), { once: true }));

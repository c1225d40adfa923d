import { CONFIG, type Config } from '@berth/platform/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { lookup } from 'node:dns/promises';
import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isIn, isPublic, networks } from './networks';

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 1024 * 1024;
const PORTS: ReadonlySet<string> = new Set(['', '443', '8443']);

/** Why nothing came back. */
export type FetchFailure = 'address-refused' | 'name-unknown' | 'unreachable' | 'too-slow' | 'too-large';

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
  readonly body?: string;
  /** For everything from the look-up of the name to the last byte; milliseconds. */
  readonly timeout?: number;
  readonly maxBytes?: number;
}

interface Target {
  readonly address: string;
  readonly family: number;
}

/**
 * The one place HTTP leaves from. What a name stands for is looked up once, all of it must be reachable by the rules, and the
 * connection goes to what was looked at, so that no second look-up can answer otherwise. Redirects are given back, not followed.
 */
@Injectable()
export class SafeFetch {
  private readonly allowed: ReturnType<typeof networks>;

  constructor(@Inject(CONFIG) config: Pick<Config, 'allowedNetworks'>) {
    this.allowed = networks(config.allowedNetworks);
  }

  /** @throws FetchFailed */
  async send(address: string, options: OutgoingRequest = {}): Promise<Response> {
    const deadline = AbortSignal.timeout(options.timeout ?? TIMEOUT_MS);
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
      const found = await Promise.race([lookup(host, { all: true }), expiry(deadline)]);
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
    const failed = (error: Error): void =>
      reject(
        error instanceof FetchFailed
          ? error
          : deadline.aborted
            ? tooSlow()
            : new FetchFailed('unreachable', error.message, { cause: error }),
      );
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const sent: ClientRequest = send(url, {
      method: options.method ?? 'GET',
      headers: { 'user-agent': 'Berth', ...options.headers, 'accept-encoding': 'identity' },
      // An agent of its own: no connection somebody else opened, no proxy of the environment.
      agent: false,
      lookup: pinnedTo(targets),
      signal: deadline,
    });
    sent.on('error', failed);
    sent.on('response', (answer) => {
      read(answer, options.maxBytes ?? MAX_BYTES).then((body) => resolve(toResponse(answer, body)), failed);
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

async function read(answer: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length;
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

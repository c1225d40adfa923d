import { FetchFailed, type FetchFailure, SafeFetch } from '@berth/platform/outgoing';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { retryAfterOf } from '../deliveries/retry-schedule';
import { MASK, type OwnHeader } from '../endpoints/webhook';
import { signatures } from './signature';

const TIMEOUT_MS = 15_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** As much of an answer is read, so that receivers who say a little too much are not cut off; as much is kept. */
const READ_BYTES = 64 * 1024;
const KEPT_BYTES = 1024;
/** Too long to say here what it was. */
const DETAIL_LENGTH = 300;

/** Why a message did not arrive. */
export type PostFailure = FetchFailure | 'redirected' | 'gone' | 'answered';

/** A message for one receiver. */
export interface Posting {
  readonly url: string;
  readonly headers: readonly OwnHeader[];
  /** All that sign: the present one first. */
  readonly secrets: readonly string[];
  readonly messageId: string;
  readonly body: string;
  readonly isReplay?: boolean;
  readonly traceparent?: string | null;
  readonly signal?: AbortSignal;
}

/** What came of an attempt. */
export interface Posted {
  readonly at: Date;
  readonly durationMs: number;
  readonly status: number | null;
  readonly failure: { readonly reason: PostFailure; readonly detail: string } | null;
  /** The first KiB of what came back. */
  readonly answer: Buffer | null;
  /** As they were sent, but for the values of the receiver's own. */
  readonly requestHeaders: Readonly<Record<string, string>>;
  /** Until when the receiver asks for time. */
  readonly retryAfter: Date | undefined;
}

/** Sends a signed message (Standard Webhooks 1.0). Writes nothing down. */
@Injectable()
export class PostMessage {
  constructor(
    private readonly fetch: SafeFetch,
    private readonly clock: Clock,
  ) {}

  async execute(posting: Posting): Promise<Posted> {
    const at = this.clock.now();
    const ours = headersOf(posting, at);
    const own = Object.fromEntries(posting.headers.map((it) => [it.name.toLowerCase(), it.value]));
    const requestHeaders = { ...Object.fromEntries(Object.keys(own).map((it) => [it, MASK])), ...ours };
    const began = performance.now();
    const since = (): number => Math.round(performance.now() - began);
    try {
      const answer = await this.fetch.send(posting.url, {
        ...{ method: 'POST', headers: { ...own, ...ours }, body: posting.body, signal: posting.signal },
        ...{ timeout: TIMEOUT_MS, connectTimeout: CONNECT_TIMEOUT_MS, cutAt: READ_BYTES },
      });
      const body = Buffer.from(await answer.arrayBuffer());
      const { status } = answer;
      const retryAfter = status === 429 || status === 503 ? retryAfterOf(answer.headers.get('retry-after'), at) : undefined;
      return {
        at,
        durationMs: since(),
        status,
        failure: verdictOn(status),
        answer: body.subarray(0, KEPT_BYTES),
        requestHeaders,
        retryAfter,
      };
    } catch (error) {
      if (!(error instanceof FetchFailed)) throw error;
      const failure = { reason: error.reason, detail: error.message.slice(0, DETAIL_LENGTH) };
      return { at, durationMs: since(), status: null, failure, answer: null, requestHeaders, retryAfter: undefined };
    }
  }
}

function headersOf({ messageId, body, secrets, isReplay, traceparent }: Posting, at: Date): Record<string, string> {
  const timestamp = Math.floor(at.getTime() / 1000);
  return {
    'content-type': 'application/json',
    'user-agent': 'Berth-Webhooks/1.0',
    'webhook-id': messageId,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures({ id: messageId, timestamp, body }, secrets),
    ...(isReplay && { 'berth-replay': 'true' }),
    ...(traceparent && { traceparent }),
  };
}

function verdictOn(status: number): Posted['failure'] {
  if (status >= 200 && status < 300) return null;
  if (status === 410) return { reason: 'gone', detail: 'The receiver wants no more.' };
  if (status >= 300 && status < 400) return { reason: 'redirected', detail: 'Redirects are not followed.' };
  return { reason: 'answered', detail: `The receiver answered ${status}.` };
}

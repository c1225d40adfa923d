import { Problem, problems, type ProblemCode } from '@berth/contracts';
import type { LogEntry } from '@berth/platform/outbox';

/** What a client sends. */
export type ClientFrame =
  | { readonly type: 'hello'; readonly ticket?: string; readonly resume?: number }
  | { readonly type: 'subscribe'; readonly id: string; readonly topic: string }
  | { readonly type: 'unsubscribe'; readonly id: string }
  | { readonly type: 'ping' };

/** What the server sends. */
export type ServerFrame =
  | { readonly type: 'welcome'; readonly stream: string; readonly seq: number; readonly heartbeatSeconds: number }
  | { readonly type: 'subscribed'; readonly id: string; readonly topic: string }
  | {
      readonly type: 'event';
      readonly topic: string;
      readonly event: string;
      readonly seq: number;
      readonly at: string;
      /** Of what the event is about as it is now, where it has a version. */
      readonly etag?: string;
      /** Numbers of earlier events that are not told, because this one says all they did. */
      readonly replaces?: readonly number[];
      readonly data: unknown;
    }
  | {
      readonly type: 'error';
      readonly id?: string;
      readonly problem: { readonly code: ProblemCode; readonly title: string; readonly status: number; readonly detail?: string };
    }
  | { readonly type: 'pong' }
  | { readonly type: 'resync'; readonly topic: string }
  | { readonly type: 'bye'; readonly retryAfter: number };

/** @throws Problem `malformed-request`, `validation-failed` */
export function readFrame(text: string): ClientFrame {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    throw new Problem('malformed-request', { detail: 'A frame is a JSON object.' });
  }
  const { type, ticket, resume, id, topic } = (typeof frame === 'object' && frame !== null ? frame : {}) as Record<string, unknown>;
  const isText = (it: unknown): it is string => typeof it === 'string' && it.length > 0 && it.length <= 200;
  if (type === 'ping') return { type };
  if (
    type === 'hello' &&
    (ticket === undefined || isText(ticket)) &&
    (resume === undefined || (Number.isSafeInteger(resume) && (resume as number) >= 0))
  ) {
    return { type, ticket, resume: resume as number | undefined };
  }
  if (type === 'subscribe' && isText(id) && isText(topic)) return { type, id, topic };
  if (type === 'unsubscribe' && isText(id)) return { type, id };
  throw new Problem('validation-failed', { detail: 'A frame is hello, subscribe, unsubscribe or ping.' });
}

/** Data as text; many are sent the same. */
const texts = new WeakMap<object, string>();

/** An `event` as text: of many who see the same only the topic is their own. */
export function eventFrame(topic: string, entry: LogEntry, replaces: readonly number[], data: object): string {
  let text = texts.get(data);
  if (text === undefined) {
    text = JSON.stringify(data);
    texts.set(data, text);
  }
  const { version } = data as { readonly version?: unknown };
  const head = {
    type: 'event',
    topic,
    event: entry.type,
    seq: entry.sequence,
    at: entry.time,
    ...(typeof version === 'number' && { etag: `"${version}"` }),
    ...(replaces.length > 0 && { replaces }),
  };
  return `${JSON.stringify(head).slice(0, -1)},"data":${text}}`;
}

export const errorFrame = (problem: Problem, id?: string): ServerFrame => ({
  type: 'error',
  id,
  problem: { code: problem.code, title: problems[problem.code].title, status: problem.status, detail: problem.extensions.detail },
});

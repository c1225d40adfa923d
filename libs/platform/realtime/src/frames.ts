import { Problem, problems, type ProblemCode } from '@berth/contracts';

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

export const errorFrame = (problem: Problem, id?: string): ServerFrame => ({
  type: 'error',
  id,
  problem: { code: problem.code, title: problems[problem.code].title, status: problem.status, detail: problem.extensions.detail },
});

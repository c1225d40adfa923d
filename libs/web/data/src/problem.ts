import { HttpErrorResponse } from '@angular/common/http';
import type { WebhookTestFailedResponse } from '@berth/api-client';

/** One invalid field: `pointer` is a JSON pointer into the request body. */
export interface FieldError {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

/** Another resource or time the server offers instead. */
export interface Alternative {
  readonly resourceId: string;
  readonly name?: string;
  readonly start: string;
  readonly end?: string;
  readonly score: number;
}

/** What stands in the way of a reservation. */
export interface Conflict {
  readonly resourceId: string;
  readonly reason: string;
  readonly busy: { readonly start: string; readonly end: string };
  readonly title: string | null;
  readonly alternatives: readonly Alternative[];
}

/** A broken booking rule: what it allows, what was asked, and who set it. */
export interface Violation {
  readonly resourceId?: string;
  readonly rule: string;
  readonly limit: unknown;
  readonly given: unknown;
  readonly source?: { readonly level: string; readonly id?: string | null; readonly name?: string | null };
  readonly detail?: string;
  /** Whose it is, of the rule `assigned`, where one may know. */
  readonly person?: { readonly displayName: string };
  readonly suggestion?: unknown;
}

/** The members of an `application/problem+json` body (RFC 9457) the console knows; others stay in `body`. */
export interface ProblemBody {
  readonly type?: string;
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly code?: string;
  readonly requestId?: string;
  readonly errors?: readonly FieldError[];
  readonly conflicts?: readonly Conflict[];
  readonly violations?: readonly Violation[];
  readonly policy?: Violation;
  readonly suggestions?: readonly unknown[];
  /** Of `webhook-test-failed`: what was sent and what came of it. */
  readonly test?: WebhookTestFailedResponse['test'];
  readonly [extension: string]: unknown;
}

/** A failed call: every promise of the generated client and of `data` rejects with this. */
export class Problem extends Error {
  override readonly name = 'Problem';
  /** The stable word of the failure; `offline` when no answer came, `unexpected` when the answer was not a problem. */
  readonly code: string;
  /** HTTP status, 0 when no answer came. */
  readonly status: number;
  readonly requestId: string | null;
  /** Seconds the server asks to wait, from `Retry-After`. */
  readonly retryAfter: number | null;
  readonly body: ProblemBody;

  constructor(body: ProblemBody, status: number, retryAfter: number | null = null, requestId: string | null = null) {
    super(body.title ?? body.code ?? `HTTP ${status}`);
    this.body = body;
    this.status = status;
    this.code = body.code ?? (status === 0 ? 'offline' : 'unexpected');
    this.requestId = body.requestId ?? requestId;
    this.retryAfter = retryAfter;
  }

  get detail(): string | null {
    return this.body.detail ?? null;
  }

  get errors(): readonly FieldError[] {
    return this.body.errors ?? [];
  }

  get conflicts(): readonly Conflict[] {
    return this.body.conflicts ?? [];
  }

  get violations(): readonly Violation[] {
    return this.body.violations ?? [];
  }

  /** The first error of a field, by the last part of its pointer or the whole pointer. */
  errorOf(field: string): FieldError | null {
    return this.errors.find((it) => it.pointer === field || it.pointer.endsWith(`/${field}`)) ?? null;
  }
}

/** Any thrown value as a Problem; a Problem stays itself. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (!(error instanceof HttpErrorResponse)) return new Problem({ code: 'unexpected', detail: String(error) }, -1);
  return new Problem(
    problemBody(error.error),
    error.status,
    retryAfterSeconds(error.headers.get('Retry-After')),
    error.headers.get('X-Request-Id'),
  );
}

function problemBody(body: unknown): ProblemBody {
  const parsed = typeof body === 'string' ? parseJson(body) : body;
  return typeof parsed === 'object' && parsed !== null && !(parsed instanceof Event) && !(parsed instanceof Blob)
    ? (parsed as ProblemBody)
    : {};
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function retryAfterSeconds(header: string | null): number | null {
  if (header === null) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return seconds;
  const until = Date.parse(header);
  return Number.isNaN(until) ? null : Math.max(0, Math.ceil((until - Date.now()) / 1000));
}

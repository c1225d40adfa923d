import { Problem, problems, type FieldError, type ProblemCode } from '@berth/contracts';
import { CONFIG, LOG, type Config } from '@berth/platform/runtime';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { problemOfDatabaseError } from './database-problems';
import { languageOf, titleOf } from './problem-titles';

/** The only place that writes an error body. Whatever is not a Problem is logged with its stack and shown as a bare 500. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = toProblem(error);
    // That the process is ending is an answer somebody meant.
    if (problem.status >= 500 && !(error instanceof Problem && error.code === 'unavailable'))
      this.log.error({ requestId: request.id, method: request.method, route: request.routeOptions?.url, error }, 'request failed');
    if (!reply.sent) sendProblem(reply, request, problem, this.config.publicUrl);
  }
}

/** A request that was refused, with why. */
export interface RefusedRequest {
  problem?: Problem;
}

/** Writes the body and headers of a problem. */
export function sendProblem(reply: FastifyReply, request: FastifyRequest, problem: Problem, publicUrl: string | undefined): void {
  (request as RefusedRequest).problem = problem;
  const { retryAfter, ...extensions } = problem.extensions as Record<string, unknown>;
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer realm="berth"');
  if (problem.status === 503 || retryAfter !== undefined) void reply.header('retry-after', String(retryAfter ?? 1));
  void reply
    .status(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(
      JSON.stringify({
        type: `${publicUrl ?? `http://${request.host}`}/problems/${problem.code}`,
        title: titleOf(problem.code, languageOf(request.headers['accept-language'])),
        status: problem.status,
        code: problem.code,
        ...extensions,
        instance: `/requests/${request.id}`,
        requestId: request.id,
      }),
    );
}

const byStatus: Readonly<Record<number, ProblemCode>> = {
  400: 'malformed-request',
  401: 'unauthenticated',
  403: 'permission-denied',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'payload-too-large',
  415: 'unsupported-media-type',
  503: 'unavailable',
};

/** Any failure as a Problem; what we do not know is `internal-error`. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const fromDatabase = problemOfDatabaseError(error);
  if (fromDatabase) return fromDatabase;
  const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number }).statusCode;
  const code = status === undefined ? undefined : (byStatus[status] ?? (status < 500 ? 'malformed-request' : undefined));
  return new Problem(code ?? 'internal-error');
}

/** A failed validation with everything that is wrong. */
export function validationFailed(errors: readonly FieldError[]): Problem {
  const code: ProblemCode = errors.some((it) => it.code === 'unknown-parameter') ? 'unknown-parameter' : 'validation-failed';
  return new Problem(code, {
    detail:
      errors
        .map((it) => `${it.pointer}: ${it.detail}`)
        .join('; ')
        .slice(0, 1000) || problems[code].title,
    errors,
  });
}

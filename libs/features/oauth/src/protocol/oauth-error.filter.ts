import { toProblem } from '@berth/platform/http';
import { LOG } from '@berth/platform/runtime';
import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { OAuthError } from './oauth-error';

/** Writes the errors of the endpoints programs speak OAuth 2.0 with: as RFC 6749 has them, not as the rest of the API does. */
@Catch()
export class OAuthErrorFilter implements ExceptionFilter {
  constructor(@Inject(LOG) private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (error instanceof OAuthError) {
      if (error.status === 401) void reply.header('www-authenticate', 'Basic realm="berth"');
      void reply.status(error.status).send({ error: error.code, error_description: error.description });
      return;
    }
    const problem = toProblem(error);
    if (problem.status >= 500) this.log.error({ requestId: request.id, route: request.routeOptions?.url, error }, 'request failed');
    const { retryAfter } = problem.extensions;
    if (typeof retryAfter === 'number') void reply.header('retry-after', String(retryAfter));
    const code =
      problem.status === 500 ? 'server_error' : [429, 503].includes(problem.status) ? 'temporarily_unavailable' : 'invalid_request';
    void reply.status(problem.status).send({ error: code, error_description: problem.message.replace(/[^\x20-\x7e]|["\\]/g, ' ') });
  }
}

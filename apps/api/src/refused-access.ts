import type { AuthenticatedRequest, Refusals } from '@berth/platform/auth';
import type { RefusedRequest } from '@berth/platform/http';
import { serving } from '@berth/platform/runtime';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { originOfRequest } from './request-origin';

/** Tells of every answer 401 and 403 to somebody who is known: by what they signed in with, or by what is over of it. */
export function tellRefusals(fastify: FastifyInstance, refusals: Refusals): void {
  fastify.addHook('onResponse', (request: FastifyRequest & AuthenticatedRequest & RefusedRequest, reply, done) => {
    const { problem } = request;
    const who = request.actor ?? request.presented;
    if (problem && who && (reply.statusCode === 401 || reply.statusCode === 403)) {
      const { permission, scope } = problem.extensions as { permission?: string; scope?: string };
      const route = `${request.method} ${request.routeOptions.url ?? ''}`;
      const facts = { id: who.accountId, code: problem.code, route, ...(permission && { permission, scope }) };
      serving(originOfRequest(request), () => refusals.tell('access.denied', { ...who, requestId: request.id }, facts));
    }
    done();
  });
}

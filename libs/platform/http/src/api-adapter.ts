import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';

/** What most answers are: something with an id and a version. */
interface Representation {
  readonly id?: unknown;
  readonly version?: unknown;
}

/**
 * Fastify that gives single representations their `ETag`, `Location` (201) and 304, from the id and version in the body. Here and not in an
 * interceptor, as each of those costs every request a chain of observables.
 */
export class ApiAdapter extends FastifyAdapter {
  override reply(response: FastifyReply, body: unknown, status?: number): ReturnType<FastifyAdapter['reply']> {
    if (status !== undefined) response.status(status);
    return super.reply(response, represented(response, body));
  }
}

/** @returns the body to send; undefined where the client has it */
function represented(reply: FastifyReply, body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  const { request } = reply;
  const { id, version } = body as Representation;
  if (typeof id === 'string' && reply.statusCode === 201) {
    const [path = ''] = request.url.split('?', 1);
    reply.header('location', `${path}/${id}`);
  }
  if (typeof version !== 'number') return body;
  const etag = `"${version}"`;
  reply.header('etag', etag);
  if (request.method !== 'GET' || request.headers['if-none-match'] !== etag) return body;
  reply.status(304);
  return undefined;
}

import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';

/** What most answers are: something with an id and a version. */
interface Representation {
  readonly id?: unknown;
  readonly version?: unknown;
}

/** Gives single representations their `ETag`, `Location` (201) and 304, from the id and version in the body. */
@Injectable()
export class RepresentationInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((body: unknown) => {
        if (typeof body !== 'object' || body === null) return body;
        const { id, version } = body as Representation;
        if (typeof id === 'string' && reply.statusCode === 201) {
          const [path = ''] = request.url.split('?', 1);
          reply.header('location', `${path}/${id}`);
        }
        if (typeof version !== 'number') return body;
        const etag = `"${version}"`;
        reply.header('etag', etag);
        if (request.method === 'GET' && request.headers['if-none-match'] === etag) {
          reply.status(304);
          return undefined;
        }
        return body;
      }),
    );
  }
}

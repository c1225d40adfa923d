import { Problem } from '@berth/contracts';
import type { Context } from '@berth/platform/database';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { type Observable, tap } from 'rxjs';

/**
 * Reads `Idempotency-Key` (IETF draft-ietf-httpapi-idempotency-key-header) of POST and PATCH into the actor; the first
 * transaction of the request claims it. Says so in the answer when that was given before.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest & { actor?: Context }>();
    const key = request.headers['idempotency-key'];
    if (key === undefined || !request.actor || (request.method !== 'POST' && request.method !== 'PATCH')) return next.handle();
    if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
      throw new Problem('validation-failed', { detail: 'Idempotency-Key takes 1 to 255 printable ASCII characters.' });
    }
    const idempotency = { key, fingerprint: fingerprint(request), replayed: false, claimed: false };
    request.actor = { ...request.actor, idempotency };
    return next.handle().pipe(
      tap(() => {
        if (idempotency.replayed) context.switchToHttp().getResponse<FastifyReply>().header('idempotent-replayed', 'true');
      }),
    );
  }
}

const fingerprint = (request: FastifyRequest): Buffer =>
  createHash('sha256')
    .update(`${request.method} ${request.url}\n`)
    .update(Buffer.isBuffer(request.body) ? request.body : (JSON.stringify(request.body) ?? ''))
    .digest();

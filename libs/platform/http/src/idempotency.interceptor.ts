import { Problem } from '@berth/contracts';
import { type Context, Database } from '@berth/platform/database';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { from, lastValueFrom, type Observable, tap } from 'rxjs';

const PATIENCE_MS = 2_000;

/**
 * Reads `Idempotency-Key` (IETF draft-ietf-httpapi-idempotency-key-header) of POST and PATCH into the actor; the first
 * transaction of the request claims it. Says so in the answer when that was given before. Requests of one key come one after
 * another, so that none is refused while an earlier one, whose answer was lost, may still take effect: within a process they
 * wait, and what another process is still at work on is `idempotency-in-progress` where it would be refused here.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  /** Of each key in use the end of the last request that came with it. */
  private readonly ends = new Map<string, Promise<void>>();

  constructor(private readonly database: Database) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest & { actor?: Context }>();
    const key = request.headers['idempotency-key'];
    if (key === undefined || !request.actor || (request.method !== 'POST' && request.method !== 'PATCH')) return next.handle();
    if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
      throw new Problem('validation-failed', { detail: 'Idempotency-Key takes 1 to 255 printable ASCII characters.' });
    }
    const idempotency = { key, fingerprint: fingerprint(request), replayed: false, claimed: false };
    request.actor = { ...request.actor, idempotency };
    return from(this.handled(next, `${request.actor.accountId ?? ''} ${key}`)).pipe(
      tap(() => {
        if (idempotency.replayed) context.switchToHttp().getResponse<FastifyReply>().header('idempotent-replayed', 'true');
      }),
    );
  }

  /** Whoever asked may have gone: what was begun is ended, and the next with the key waits for that. */
  private async handled(next: CallHandler, whose: string): Promise<unknown> {
    const end = await this.turn(whose);
    const over = this.database.keysInProgress.begin(whose);
    try {
      return await lastValueFrom(next.handle(), { defaultValue: undefined });
    } catch (error) {
      return await this.refused(whose, error);
    } finally {
      over();
      end();
    }
  }

  /** A form is wrong whoever else is at work. @throws the error, or Problem `idempotency-in-progress` */
  private async refused(whose: string, error: unknown): Promise<never> {
    const mayBeDoneElsewhere = error instanceof Problem && error.code !== 'validation-failed';
    if (mayBeDoneElsewhere && (await this.database.keysInProgress.isElsewhere(whose)))
      throw new Problem('idempotency-in-progress', { retryAfter: 1 });
    throw error;
  }

  /** @returns to be called at the end. @throws Problem `idempotency-in-progress` when those before take too long */
  private async turn(whose: string): Promise<() => void> {
    const before = this.ends.get(whose);
    const { promise, resolve: end } = Promise.withResolvers<void>();
    const last = before ? before.then(() => promise) : promise;
    this.ends.set(whose, last);
    void last.then(() => this.ends.get(whose) === last && this.ends.delete(whose));
    if (before && !(await isOverWithin(before, PATIENCE_MS))) {
      end();
      throw new Problem('idempotency-in-progress', { retryAfter: 1 });
    }
    return end;
  }
}

const isOverWithin = (work: Promise<void>, milliseconds: number): Promise<boolean> =>
  Promise.race([work.then(() => true), sleep(milliseconds, false, { ref: false })]);

const fingerprint = (request: FastifyRequest): Buffer =>
  createHash('sha256')
    .update(`${request.method} ${request.url}\n`)
    .update(Buffer.isBuffer(request.body) ? request.body : (JSON.stringify(request.body) ?? ''))
    .digest();

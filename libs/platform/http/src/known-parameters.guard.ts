import { Problem } from '@berth/contracts';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { validationFailed } from './problem.filter';

const ROUTE_ARGUMENTS = '__routeArguments__';
const QUERY = 4;

/** A route that reads no query takes none: a misspelt parameter is told, never ignored. */
@Injectable()
export class KnownParametersGuard implements CanActivate {
  private readonly readsQuery = new Map<unknown, boolean>();

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const names = Object.keys((request.query as object | undefined) ?? {});
    if (names.length === 0 || this.takesQuery(context)) return true;
    if (names.some((it) => it.length > 200)) throw new Problem('unknown-parameter');
    throw validationFailed(names.map((it) => ({ pointer: `?${it}`, code: 'unknown-parameter', detail: 'does not exist here' })));
  }

  private takesQuery(context: ExecutionContext): boolean {
    const handler = context.getHandler();
    const known = this.readsQuery.get(handler);
    if (known !== undefined) return known;
    const parameters = (Reflect.getMetadata(ROUTE_ARGUMENTS, context.getClass(), handler.name) ?? {}) as object;
    const takes = Object.keys(parameters).some((it) => it.startsWith(`${QUERY}:`));
    this.readsQuery.set(handler, takes);
    return takes;
  }
}

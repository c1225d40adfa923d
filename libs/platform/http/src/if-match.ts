import { Problem } from '@berth/contracts';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ApiProblems } from './api-problems';

/** The version named by `If-Match` (strong comparison, RFC 9110 §13.1.1); undefined when absent or `*`. */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): number | undefined => {
  const header = headerIn(context);
  return header === undefined || header === '*' ? undefined : versionIn(header);
});

/** The version named by `If-Match`, where shared configuration may not be changed blindly; the description of the route says so by this. */
export const RequiredIfMatch = createParamDecorator(
  (_: unknown, context: ExecutionContext): number => {
    const header = headerIn(context);
    if (header === undefined) throw new Problem('precondition-required', { detail: 'Send If-Match with the ETag of what you read.' });
    return versionIn(header);
  },
  [documented],
);

/** Refuses what was decided on another version than there is. @throws Problem `precondition-failed` with what is there now */
export function demandVersion(named: number, there: number, current: object): void {
  if (named !== there) throw new Problem('precondition-failed', { current });
}

function documented(target: object, key: string | symbol | undefined): void {
  const route = Object.getOwnPropertyDescriptor(target, key!)!;
  ApiHeader({ name: 'If-Match', required: true })(target, key!, route);
  ApiProblems('precondition-failed', 'precondition-required')(target, key!, route);
}

const headerIn = (context: ExecutionContext): string | undefined => context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];

/** A tag that was never ours matches nothing. */
function versionIn(header: string): number {
  const [, version] = /^"(\d{1,9})"$/.exec(header) ?? [];
  return version === undefined ? -1 : Number(version);
}

import { Problem } from '@berth/contracts';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** The version named by `If-Match` (strong comparison, RFC 9110 §13.1.1); undefined when absent or `*`. */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): number | undefined => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  if (header === undefined || header === '*') return undefined;
  const [, version] = /^"(\d{1,9})"$/.exec(header) ?? [];
  // A tag that was never ours matches nothing.
  return version === undefined ? -1 : Number(version);
});

/** The version named by `If-Match`, where shared configuration may not be changed blindly. */
export const RequiredIfMatch = createParamDecorator((_: unknown, context: ExecutionContext): number => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  if (header === undefined) throw new Problem('precondition-required', { detail: 'Send If-Match with the ETag of what you read.' });
  const [, version] = /^"(\d{1,9})"$/.exec(header) ?? [];
  return version === undefined ? -1 : Number(version);
});

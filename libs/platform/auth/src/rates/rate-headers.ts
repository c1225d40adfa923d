import type { FastifyReply } from 'fastify';
import type { Standing } from './allowances';

/** The one place that knows the header fields; the draft still moves (draft-ietf-httpapi-ratelimit-headers). */
export function tellStanding(reply: FastifyReply, { perMinute, perDay, remaining, fullIn }: Standing): void {
  const policies = [`"minute";q=${perMinute};w=60`, ...(perDay === null ? [] : [`"day";q=${perDay};w=86400`])];
  void reply.header('ratelimit-policy', policies.join(', ')).header('ratelimit', `"minute";r=${remaining};t=${fullIn}`);
}

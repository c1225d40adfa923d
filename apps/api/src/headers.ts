import type { Config } from '@berth/platform/runtime';
import type { FastifyInstance } from 'fastify';

/**
 * What a page may load and do.
 * @param nonce lets the style elements pass that the console's framework adds for its components
 */
export const contentSecurityPolicy = (nonce?: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    nonce ? `style-src 'self' 'nonce-${nonce}'` : "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    // Text becomes markup or script only through the console's framework; the second policy loads its own files, the third one worker.
    "require-trusted-types-for 'script'",
    'trusted-types angular angular#bundler berth#worker',
  ].join('; ');

const strictest = contentSecurityPolicy();

/** Security headers of every answer, errors and files included. */
export function guardHeaders(fastify: FastifyInstance, config: Config): void {
  const https = config.publicUrl?.startsWith('https://') ?? false;
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', strictest);
    reply.header('x-content-type-options', 'nosniff');
    reply.header('cross-origin-opener-policy', 'same-origin');
    reply.header('cross-origin-resource-policy', 'same-origin');
    reply.header('referrer-policy', 'no-referrer');
    if (https) reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
    // Answers about people are theirs alone; ETags still save the body.
    if (request.url.startsWith('/api/v1/') && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    done();
  });
}

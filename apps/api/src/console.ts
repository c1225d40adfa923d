import { Problem } from '@berth/contracts';
import { sendProblem } from '@berth/platform/http';
import compress from '@fastify/compress';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants } from 'node:zlib';
import { contentSecurityPolicy } from './headers';

const YEAR_SECONDS = 31_536_000;
const HASHED = /-[A-Za-z0-9_-]{8}\.(js|css|woff2)$/;

/**
 * Answers are made once for one reader: the last tenth of their size is not worth several times the work. Up to a size that takes 2 ms
 * they are compressed at once: to hand them to another thread costs more than that.
 */
const FAST = {
  brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } },
  zlibOptions: { level: 1 },
  syncThreshold: 256 * 1024,
};

/** Serves the built console: hashed files for a year; `index.html`, with a nonce of its own, for every address that is a page. */
export async function serveConsole(app: NestFastifyApplication, directory: string): Promise<void> {
  if (!existsSync(join(directory, 'index.html'))) return;
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRoute', (route) => {
    if (route.url.startsWith('/api/')) route.compress = FAST;
  });
  await app.register(compress, { global: true, encodings: ['br', 'gzip'], threshold: 1024 });
  await app.register(fastifyStatic, {
    root: directory,
    wildcard: false,
    index: false,
    setHeaders: (reply, path) => {
      reply.header('cache-control', HASHED.test(path) ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
    },
  });
  const document = readFileSync(join(directory, 'index.html'), 'utf8');
  const page = (request: Parameters<typeof sendProblem>[1], reply: Parameters<typeof sendProblem>[0]): unknown => {
    const [path = ''] = request.url.split('?', 1);
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !path.startsWith('/api/') && !/\.[a-z0-9]{2,5}$/i.test(path);
    if (!isPage) return sendProblem(reply, request, new Problem('not-found'), undefined);
    const nonce = randomBytes(16).toString('base64');
    void reply
      .header('cache-control', 'no-store')
      .header('content-security-policy', contentSecurityPolicy(nonce))
      .type('text/html; charset=utf-8');
    return reply.send(document.replace('<berth-app', `<berth-app ngCspNonce="${nonce}"`));
  };
  fastify.get('/*', page);
}

import { Problem } from '@berth/contracts';
import { sendProblem } from '@berth/platform/http';
import compress from '@fastify/compress';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const YEAR_SECONDS = 31_536_000;
const HASHED = /-[A-Z0-9]{8}\.(js|css|woff2)$/;

/** Serves the built console: hashed files for a year, `index.html` for every address that is a page of it. */
export async function serveConsole(app: NestFastifyApplication, directory: string): Promise<void> {
  if (!existsSync(join(directory, 'index.html'))) return;
  await app.register(compress, { global: true, encodings: ['br', 'gzip'], threshold: 1024 });
  await app.register(fastifyStatic, {
    root: directory,
    wildcard: false,
    index: false,
    setHeaders: (reply, path) => {
      reply.header('cache-control', HASHED.test(path) ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
    },
  });
  const fastify = app.getHttpAdapter().getInstance();
  const page = (request: Parameters<typeof sendProblem>[1], reply: Parameters<typeof sendProblem>[0]): unknown => {
    const [path = ''] = request.url.split('?', 1);
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !path.startsWith('/api/') && !/\.[a-z0-9]{2,5}$/i.test(path);
    if (!isPage) return sendProblem(reply, request, new Problem('not-found'), undefined);
    return reply.header('cache-control', 'no-cache').sendFile('index.html');
  };
  fastify.get('/*', page);
}

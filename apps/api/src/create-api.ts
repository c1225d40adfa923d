import { Problem } from '@berth/contracts';
import { Refusals } from '@berth/platform/auth';
import { ApiAdapter, demandReadable, DtoPipe, sendProblem } from '@berth/platform/http';
import { Stream } from '@berth/platform/realtime';
import { NestLog, serving } from '@berth/platform/runtime';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { randomUUID } from 'node:crypto';
import { tellRefusals } from './refused-access';
import { originOfRequest } from './request-origin';
import { readFileSync } from 'node:fs';
import { AppModule, type Parts } from './app.module';
import { serveConsole } from './console';
import { Drain } from './drain';
import { guardHeaders } from './headers';

const JSON_LIMIT = 256 * 1024;
/** Many reservations in one request. */
const BULK_LIMIT = 2 * 1024 * 1024;
const UPLOAD_LIMIT = 5 * 1024 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;
/** Longer than the idle time of proxies in front, so that they close first and no request meets a closing socket. */
const KEEP_ALIVE_MS = 75_000;

/**
 * The API on Fastify, initialised and not yet listening.
 * @param options.consoleDir built console to serve beside it
 */
export async function createApi(parts: Parts, options: { consoleDir?: string } = {}): Promise<NestFastifyApplication> {
  const adapter = new ApiAdapter({
    bodyLimit: JSON_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // Who still has a connection when the process ends is served on it.
    return503OnClosing: false,
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestIdHeader: false,
    // Never more than stand there: whatever a client writes itself comes before what they add.
    trustProxy: (_address: string, hop: number) => hop < parts.config.trustedProxies,
    genReqId: (request: { headers: Record<string, string | string[] | undefined> }) => requestId(request.headers['x-request-id']),
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    routerOptions: { maxParamLength: 200 },
    // What fails before a route is found has no filter; it is a problem all the same.
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(reply, request, frameworkProblem(error), parts.config.publicUrl),
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(parts), adapter, {
    logger: new NestLog(parts.log),
    abortOnError: false,
    // What is signed is signed as it was sent.
    rawBody: true,
  });
  const fastify = app.getHttpAdapter().getInstance();
  fastify.server.headersTimeout = HEADERS_TIMEOUT_MS;
  fastify.addHook('onRoute', (route) => {
    if (route.url.startsWith('/api/v1/bulk/')) route.bodyLimit = BULK_LIMIT;
  });
  await app.register(cookie);
  await app.register(multipart, { limits: { fileSize: UPLOAD_LIMIT, files: 1, fields: 10, parts: 12 } });
  fastify.addContentTypeParser(['text/csv', 'text/calendar'], { parseAs: 'buffer', bodyLimit: UPLOAD_LIMIT }, (_request, body, done) =>
    done(null, body),
  );
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    done();
  });
  fastify.addHook('preValidation', (request, _reply, done) => {
    try {
      demandReadable(request.body);
      demandReadable(request.query);
      done();
    } catch (error) {
      done(error as Error);
    }
  });
  // The last hook before the handler: reading the body loses what an earlier one would set.
  fastify.addHook('preHandler', (request, _reply, done) => serving(originOfRequest(request), done));
  guardHeaders(fastify, parts.config);
  app.get(Drain).attach(fastify);

  app.setGlobalPrefix('api/v1', {
    exclude: ['live', 'ready', 'health', '.well-known/jwks.json', '.well-known/oauth-authorization-server'],
  });
  app.useGlobalPipes(new DtoPipe());
  for (const name of ['openapi.json', 'asyncapi.json']) {
    const contract = readFileSync(new URL(`../${name}`, import.meta.url));
    fastify.get(`/api/${name}`, (_request, reply) => reply.type('application/json; charset=utf-8').send(contract));
  }
  if (options.consoleDir) await serveConsole(app, options.consoleDir);
  tellRefusals(fastify, app.get(Refusals));
  await app.init();
  app.get(Stream).attach(fastify.server);
  return app;
}

/** A path that cannot be one of ours names nothing; one that cannot be read is malformed. */
const frameworkProblem = (error: FastifyError): Problem =>
  new Problem(error.code === 'FST_ERR_MAX_PARAM_LENGTH' ? 'not-found' : 'malformed-request');

/** The caller's request id where it is one we can log, else a new one. */
function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[A-Za-z0-9._-]{1,100}$/.test(given) ? given : randomUUID();
}

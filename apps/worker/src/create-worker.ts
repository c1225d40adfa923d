import type { Parts } from '@berth/api';
import { NestLog } from '@berth/platform/runtime';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { WorkerModule } from './worker.module';

/** A worker, running. */
export const createWorker = (parts: Parts): Promise<INestApplicationContext> =>
  NestFactory.createApplicationContext(WorkerModule.with(parts), { logger: new NestLog(parts.log), abortOnError: false });

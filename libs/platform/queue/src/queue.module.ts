import { Global, Module } from '@nestjs/common';
import { Queue } from './queue';

/** Doing what is due, for worker processes. */
@Global()
@Module({ providers: [Queue], exports: [Queue] })
export class QueueModule {}

import { Settle } from '@berth/reservations';
import { Module } from '@nestjs/common';
import { Deadlines } from './deadlines.worker';

/** What goes on without a request. */
@Module({ providers: [Deadlines, Settle], exports: [Deadlines] })
export class ApprovalsWorkerModule {}

import { Module } from '@nestjs/common';
import { HoldSweeper } from './hold-sweeper.worker';

/** What goes on without a request. */
@Module({ providers: [HoldSweeper], exports: [HoldSweeper] })
export class ReservationsWorkerModule {}

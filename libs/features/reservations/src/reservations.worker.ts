import { ResourceCatalogue } from '@berth/resources';
import { Module } from '@nestjs/common';
import { HoldSweeper } from './hold-sweeper.worker';
import { Lifecycle } from './lifecycle/lifecycle.worker';

/** What goes on without a request. */
@Module({ providers: [HoldSweeper, Lifecycle, ResourceCatalogue], exports: [HoldSweeper, Lifecycle] })
export class ReservationsWorkerModule {}

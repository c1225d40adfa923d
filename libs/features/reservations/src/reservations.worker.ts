import { ResourceCatalogue } from '@berth/resources';
import { Module } from '@nestjs/common';
import { Allocation } from './allocation';
import { Conflicts } from './conflicts';
import { HoldSweeper } from './hold-sweeper.worker';
import { Lifecycle } from './lifecycle/lifecycle.worker';
import { SeriesAllocation } from './series/series-allocation';
import { SeriesExtender } from './series/series-extender.worker';

/** What goes on without a request. */
@Module({
  providers: [HoldSweeper, Lifecycle, SeriesExtender, SeriesAllocation, Allocation, Conflicts, ResourceCatalogue],
  exports: [HoldSweeper, Lifecycle, SeriesExtender],
})
export class ReservationsWorkerModule {}

import { ResourceCatalogue } from '@berth/resources';
import { Module } from '@nestjs/common';
import { JobWorker } from './bulk/jobs/job.worker';
import { ReservationsModule } from './reservations.module';
import { Conflicts } from './conflicts';
import { HoldSweeper } from './hold-sweeper.worker';
import { Lifecycle } from './lifecycle/lifecycle.worker';
import { PastOccupancy } from './past-occupancy.worker';
import { SeriesAllocation } from './series/series-allocation';
import { SeriesExtender } from './series/series-extender.worker';
import { SeriesReckoner } from './series/series-reckoner.worker';

/** What goes on without a request. */
@Module({
  imports: [ReservationsModule],
  providers: [
    JobWorker,
    HoldSweeper,
    Lifecycle,
    PastOccupancy,
    SeriesExtender,
    SeriesReckoner,
    SeriesAllocation,
    Conflicts,
    ResourceCatalogue,
  ],
  exports: [JobWorker, HoldSweeper, Lifecycle, SeriesExtender],
})
export class ReservationsWorkerModule {}

import { ResourcesModule } from '@berth/resources';
import { Module } from '@nestjs/common';
import { Allocation } from './allocation';
import { AvailabilityController } from './availability.controller';
import { AvailabilityQueries } from './availability.queries';
import { Book } from './book';
import { BookAtOnce } from './book-at-once';
import { BookMany } from './bulk/book-many';
import { BulkController } from './bulk/bulk.controller';
import { CancelMany } from './bulk/cancel-many';
import { ExportReservations } from './bulk/export-reservations';
import { BookAllRows } from './bulk/import/book-all-rows';
import { ImportReservations } from './bulk/import/import-reservations';
import { ImportRow } from './bulk/import/import-row';
import { ReadCalendar } from './bulk/import/read-calendar';
import { ReadSpreadsheet } from './bulk/import/read-spreadsheet';
import { CancelJob } from './bulk/jobs/cancel-job';
import { JobsController } from './bulk/jobs/jobs.controller';
import { JobsQueries } from './bulk/jobs/jobs.queries';
import { TryMany } from './bulk/try-many';
import { BusyTime } from './busy-time';
import { Cancel } from './cancel';
import { ChangeDetails } from './change-details';
import { Check } from './check';
import { AffectedReservations } from './closing/affected-outcome';
import { AffectedQueries } from './closing/affected.queries';
import { AssignController } from './closing/assign.controller';
import { AssignResource } from './closing/assign-resource';
import { CloseResource } from './closing/close-resource';
import { ResourceStatusController } from './closing/resource-status.controller';
import { Conflicts } from './conflicts';
import { HoldTime } from './hold';
import { HoldsController } from './holds.controller';
import { EditIntervals } from './intervals/edit-intervals';
import { IntervalsController } from './intervals/intervals.controller';
import { CheckIn } from './lifecycle/check-in';
import { CheckInController } from './lifecycle/check-in.controller';
import { CheckInQueries } from './lifecycle/check-in.queries';
import { CheckInTokens } from './lifecycle/check-in-token';
import { EndReservation } from './lifecycle/end-reservation';
import { LimitsOfPerson } from './limits-of-person';
import { Move } from './move';
import { ReservationsController } from './reservations.controller';
import { ReservationQueries } from './reservations.queries';
import { ReportProvisioning } from './provisioning/report-provisioning';
import { Restore } from './restore';
import { MyStatsController } from './stats/my-stats.controller';
import { MyStatsQueries } from './stats/my-stats.queries';
import { Settle } from './approval/settle';
import { Transfer } from './transfer';
import { BookSeries } from './series/book-series';
import { CancelSeries } from './series/cancel-series';
import { ChangeOccurrence } from './series/change-occurrence';
import { ChangeSeries } from './series/change-series';
import { CheckSeries } from './series/check-series';
import { FillOccurrence } from './series/fill-occurrence';
import { JoinSeries } from './series/join-series';
import { PlanChange } from './series/plan-change';
import { SeriesAllocation } from './series/series-allocation';
import { SeriesController } from './series/series.controller';
import { SeriesDoor } from './series/series-door';
import { SeriesQueries } from './series/series.queries';
import { Waiting } from './waiting/waiting';

@Module({
  imports: [ResourcesModule],
  controllers: [
    ReservationsController,
    HoldsController,
    AvailabilityController,
    CheckInController,
    IntervalsController,
    BulkController,
    JobsController,
    SeriesController,
    ResourceStatusController,
    AssignController,
    SeriesController,
    MyStatsController,
  ],
  providers: [
    CheckIn,
    CheckInQueries,
    CheckInTokens,
    BookAllRows,
    BookMany,
    CancelJob,
    ImportReservations,
    ImportRow,
    ReadCalendar,
    ReadSpreadsheet,
    JobsQueries,
    CancelMany,
    ExportReservations,
    TryMany,
    EditIntervals,
    EndReservation,
    AffectedQueries,
    AffectedReservations,
    AssignResource,
    Allocation,
    CloseResource,
    AvailabilityQueries,
    Book,
    BookAtOnce,
    BookSeries,
    BusyTime,
    Cancel,
    ChangeDetails,
    Check,
    CheckSeries,
    Conflicts,
    HoldTime,
    LimitsOfPerson,
    Move,
    MyStatsQueries,
    ReportProvisioning,
    ReservationQueries,
    Restore,
    Settle,
    Transfer,
    CancelSeries,
    ChangeOccurrence,
    ChangeSeries,
    FillOccurrence,
    JoinSeries,
    PlanChange,
    SeriesAllocation,
    SeriesDoor,
    SeriesQueries,
    Waiting,
  ],
  exports: [
    ...[Allocation, Book, BookMany, BookSeries, BusyTime, Cancel, CancelSeries, FillOccurrence, HoldTime, ImportRow, LimitsOfPerson, Move],
    ...[CheckIn, ReportProvisioning, ReservationQueries, Settle, Transfer, Waiting],
  ],
})
export class ReservationsModule {}

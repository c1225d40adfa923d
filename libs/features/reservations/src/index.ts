export {
  askInPlace,
  findRequest,
  keepAnswer,
  lockRequest,
  passStep,
  withdrawRequest,
  type ApprovalRequestRow,
  type ApprovalRequestStatus,
} from './approval/approval-request.store';
export { approvalFacts, Settle } from './approval/settle';
export { whoMayBook } from './on-behalf';
export { demandInReach, reservationsInReach, reservationsWith } from './manages-reservation';
export { lockReservation, readFacts } from './reservation.store';
export { PersonSummary, ReservationResponse } from './reservations.responses';
export { Allocation, type PlaceAs } from './allocation';
export { Book } from './book';
export { BusyTime, busyTimeFor } from './busy-time';
export { Cancel } from './cancel';
export { CheckIn } from './lifecycle/check-in';
export { HoldTime } from './hold';
export { FILE_KEPT_HOURS, type Job, type JobRow, type JobState, toJob } from './bulk/jobs/job';
export { doerOf, dueJobs, endJob, factsOfJob, insertJob, LEASE_MS } from './bulk/jobs/job.store';
export { workAtJob } from './bulk/jobs/work-at-job';
export { JobResponse } from './bulk/bulk.dto';
export { LeavingReservationResponse } from './leaving/leaving.controller';
export { LeavingModule } from './leaving/leaving.module';
export { GoOver, type WentOver } from './leaving/go-over';
export { type LeavingOutcome, LetGo, type LetGoOf } from './leaving/let-go';
export { FutureQueries } from './leaving/future.queries';
export { LimitsOfPerson } from './limits-of-person';
export { Move } from './move';
export { DryRunQuery } from './reservations.dto';
export { claimsOfPeople, type HeldClaim, quotaHolder, quotaHolders } from './quota-holder';
export { ReportProvisioning } from './provisioning/report-provisioning';
export { ReservationQueries } from './reservations.queries';
export { ReservationsModule } from './reservations.module';
export { ReservationsWorkerModule } from './reservations.worker';
export type { Reservation } from './reservation';
export { peopleIn, shyAmong, type ShyPerson, shyPeople, tellsShy, withoutPeople } from './whose';
export { BookSeries } from './series/book-series';
export { FillOccurrence } from './series/fill-occurrence';
export { seriesDateOf } from './series/occurrences.store';
export { Waiting } from './waiting/waiting';
export { type Criteria, type EntryRow, namedInEntry, resourcesOf, waitlistFacts, type WaitlistStatus } from './waiting/waitlist-entry';
export { lockEntry, writeOffer, writeStatus } from './waiting/waitlist-entry.store';
export { type BookingWish, demandAnswers, demandSpan, fieldsOf, instantOf, refuse, takenTwice } from './wish';

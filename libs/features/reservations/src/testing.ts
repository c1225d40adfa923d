import { newId } from '@berth/kernel';
import { rightsOfRole, type Actor } from '@berth/platform/auth';
import { EventLog } from '@berth/platform/outbox';
import { Secrets } from '@berth/platform/runtime';
import type { TestDatabase } from '@berth/platform/testing';
import { SetClock, silentOutbox, silentQueue, silentSchedule } from '@berth/platform/testing';
import { ChangeStatus, MaintenanceWorker, ResourceCatalogue, ResourcesQueries } from '@berth/resources';
import { assignmentsOn, resourcesGiven } from '@berth/resources/testing';
import { pino } from 'pino';
import { Allocation } from './allocation';
import { AvailabilityQueries } from './availability.queries';
import { Book } from './book';
import { BookAtOnce } from './book-at-once';
import { BookMany } from './bulk/book-many';
import { CancelMany } from './bulk/cancel-many';
import { ExportReservations } from './bulk/export-reservations';
import { BookAllRows } from './bulk/import/book-all-rows';
import { ImportReservations } from './bulk/import/import-reservations';
import { ImportRow } from './bulk/import/import-row';
import { ReadCalendar } from './bulk/import/read-calendar';
import { ReadSpreadsheet } from './bulk/import/read-spreadsheet';
import { CancelJob } from './bulk/jobs/cancel-job';
import { JobWorker } from './bulk/jobs/job.worker';
import { JobsQueries } from './bulk/jobs/jobs.queries';
import { TryMany } from './bulk/try-many';
import { BusyTime } from './busy-time';
import { Cancel } from './cancel';
import { ChangeDetails } from './change-details';
import { Check } from './check';
import { AffectedReservations } from './closing/affected-outcome';
import { AffectedQueries } from './closing/affected.queries';
import { AssignResource } from './closing/assign-resource';
import { CloseResource } from './closing/close-resource';
import { Conflicts } from './conflicts';
import { HoldTime } from './hold';
import { HoldSweeper } from './hold-sweeper.worker';
import { EditIntervals } from './intervals/edit-intervals';
import { CheckIn } from './lifecycle/check-in';
import { CheckInQueries } from './lifecycle/check-in.queries';
import { CheckInTokens } from './lifecycle/check-in-token';
import { EndReservation } from './lifecycle/end-reservation';
import { Lifecycle } from './lifecycle/lifecycle.worker';
import { Move } from './move';
import { ReservationQueries } from './reservations.queries';
import { Restore } from './restore';
import { Transfer } from './transfer';
import { BookSeries } from './series/book-series';
import { CancelSeries } from './series/cancel-series';
import { ChangeSeries } from './series/change-series';
import { CheckSeries } from './series/check-series';
import { FillOccurrence } from './series/fill-occurrence';
import { JoinSeries } from './series/join-series';
import { PlanChange } from './series/plan-change';
import { SeriesAllocation } from './series/series-allocation';
import { SeriesExtender } from './series/series-extender.worker';
import { SeriesReckoner } from './series/series-reckoner.worker';
import { SeriesQueries } from './series/series.queries';
import { Waiting } from './waiting/waiting';

const silence = pino({ level: 'silent' });

/** Monday, 7 December 2026; its times are written `HH:mm` in UTC. */
export const at = (time: string, day = 7): Date => new Date(`2026-12-${String(day).padStart(2, '0')}T${time}:00Z`);
export const from = (start: string, day = 7) => ({ to: (end: string) => ({ start: at(start, day), end: at(end, day) }) });

/** The real use cases on the real database; only the clock is set. */
export function reservationsOn(db: TestDatabase) {
  const clock = new SetClock(at('08:00'));
  const outbox = silentOutbox();
  const made = (): ReturnType<typeof useCases> => (parts ??= useCases(db, clock, outbox));
  let parts: ReturnType<typeof useCases> | undefined;
  return {
    clock,
    get close() {
      return made().close;
    },
    get assign() {
      return made().assign;
    },
    get assignments() {
      return made().assignments;
    },
    get maintenance() {
      return made().maintenance;
    },
    get allocation() {
      return made().allocation;
    },
    get book() {
      return made().book;
    },
    get hold() {
      return made().hold;
    },
    get move() {
      return made().move;
    },
    get bulk() {
      return made().bulk;
    },
    get editIntervals() {
      return made().editIntervals;
    },
    get cancel() {
      return made().cancel;
    },
    get restore() {
      return made().restore;
    },
    get check() {
      return made().check;
    },
    get transfer() {
      return made().transfer;
    },
    get series() {
      return made().series;
    },
    get waiting() {
      return made().waiting;
    },
    get sweeper() {
      return made().sweeper;
    },
    get lifecycle() {
      return made().lifecycle;
    },
    get checkIn() {
      return made().checkIn;
    },
    get checkInQueries() {
      return made().checkInQueries;
    },
    get tokens() {
      return made().tokens;
    },
    get end() {
      return made().end;
    },
    get queries() {
      return made().queries;
    },
    get busyTime() {
      return made().busyTime;
    },
    get catalogue() {
      return made().catalogue;
    },
    get availability() {
      return made().availability;
    },
  };
}

function useCases(db: TestDatabase, clock: SetClock, outbox: ReturnType<typeof silentOutbox>) {
  const { database } = db;
  const catalogue = new ResourceCatalogue(database, clock);
  const conflicts = new Conflicts(database, catalogue);
  const allocation = new Allocation(database, catalogue, conflicts, outbox, clock, new BookAtOnce(database));
  const waiting = new Waiting(allocation, outbox);
  const queries = new ReservationQueries(database, clock);
  const schedule = silentSchedule();
  const tokens = new CheckInTokens(new Secrets(Buffer.alloc(32, 7)), clock);
  const checkInQueries = new CheckInQueries(database, catalogue, queries, clock);
  const book = new Book(allocation);
  const move = new Move(database, catalogue, conflicts, allocation, queries, outbox, clock);
  const cancel = new Cancel(database, queries, outbox, clock, catalogue);
  const affected = new AffectedQueries(database);
  const outcomes = new AffectedReservations(database, catalogue, conflicts, move, cancel, outbox, clock);
  const assignments = assignmentsOn(database, catalogue, clock);
  const bookMany = new BookMany(database, allocation, conflicts, book, outbox, clock, silence);
  const tryMany = new TryMany(database, allocation, conflicts);
  const jobs = new JobsQueries(database);
  const series = seriesUseCases(db, { catalogue, conflicts, allocation, waiting, outbox, clock });
  const details = new ChangeDetails(database, queries, outbox, clock, catalogue);
  const importRow = new ImportRow(database, bookMany, series.book, move, details, series.change, queries, clock);
  const importing = new ImportReservations(
    database,
    new ReadSpreadsheet(database, catalogue),
    new ReadCalendar(database, catalogue),
    importRow,
    tryMany,
    series.check,
    new BookAllRows(database, allocation, series.places, conflicts),
    outbox,
    clock,
  );
  return {
    bulk: {
      book: bookMany,
      try: tryMany,
      import: importing,
      jobs,
      cancelJob: new CancelJob(database, jobs, outbox, clock),
      worker: new JobWorker(database, bookMany, importRow, outbox, clock, silentQueue()),
      cancel: new CancelMany(database, cancel, catalogue, clock),
      export: new ExportReservations(database, queries),
    },
    close: new CloseResource(
      database,
      new ChangeStatus(database, catalogue, outbox, clock),
      new ResourcesQueries(database, clock),
      affected,
      outcomes,
      clock,
    ),
    assign: new AssignResource(database, assignments.change, assignments.queries, affected, outcomes, clock),
    assignments,
    maintenance: new MaintenanceWorker(database, outbox, clock, schedule),
    allocation,
    queries,
    catalogue,
    busyTime: new BusyTime(database),
    availability: new AvailabilityQueries(database, catalogue, new EventLog(database), clock),
    tokens,
    checkInQueries,
    checkIn: new CheckIn(database, queries, checkInQueries, tokens, outbox, clock),
    end: new EndReservation(database, queries, outbox, clock),
    book,
    check: new Check(allocation),
    transfer: new Transfer(database, catalogue, allocation, queries, outbox, clock),
    hold: new HoldTime(database, allocation, outbox, clock),
    move,
    editIntervals: new EditIntervals(database, catalogue, conflicts, allocation, queries, outbox, clock),
    cancel,
    restore: new Restore(database, queries, outbox, clock, catalogue),
    series,
    waiting,
    sweeper: new HoldSweeper(database, outbox, clock, schedule),
    lifecycle: new Lifecycle(database, catalogue, outbox, clock, schedule),
  };
}

interface SeriesParts {
  readonly catalogue: ResourceCatalogue;
  readonly conflicts: Conflicts;
  readonly allocation: Allocation;
  readonly waiting: Waiting;
  readonly outbox: ReturnType<typeof silentOutbox>;
  readonly clock: SetClock;
}

function seriesUseCases({ database }: TestDatabase, { catalogue, conflicts, allocation, waiting, outbox, clock }: SeriesParts) {
  const places = new SeriesAllocation(database, catalogue, conflicts, allocation, waiting, outbox, clock);
  const queries = new SeriesQueries(database);
  const planning = new PlanChange(database, catalogue, queries, clock);
  const reservations = new ReservationQueries(database, clock);
  const schedule = silentSchedule();
  return {
    places,
    book: new BookSeries(database, places),
    check: new CheckSeries(places),
    change: new ChangeSeries(database, planning, places, allocation, waiting, queries, outbox),
    cancel: new CancelSeries(
      database,
      new Cancel(database, reservations, outbox, clock, catalogue),
      catalogue,
      waiting,
      queries,
      outbox,
      clock,
    ),
    join: new JoinSeries(database, queries, outbox, clock),
    fill: new FillOccurrence(database, catalogue, conflicts, places, allocation, waiting, queries, outbox, clock),
    extender: new SeriesExtender(database, catalogue, places, outbox, clock, schedule, silence),
    reckoner: new SeriesReckoner(
      database,
      new Move(database, catalogue, conflicts, allocation, reservations, outbox, clock),
      outbox,
      clock,
      schedule,
    ),
    queries,
  };
}

/** Rows tests of reservations begin with. */
export function reservationsGiven(db: TestDatabase) {
  return {
    ...resourcesGiven(db),

    /** Somebody who can own reservations. */
    async aPerson(role: Actor['role'] = 'user'): Promise<Actor> {
      const accountId = newId();
      await db.asOwner(
        `insert into account (id, org_id, username, email, display_name, role, created_at) values ($1, $2, $3, $4, 'Ada', $5, now())`,
        [accountId, db.organizationId, `u${accountId}`, `${accountId}@acme.example`, role],
      );
      return {
        organizationId: db.organizationId,
        accountId,
        displayName: 'Ada',
        ...rightsOfRole(role),
        sessionId: newId(),
        requestId: 'test',
      };
    },

    /** What blocks time on a resource's leaves, as `lane start–end`. */
    async occupancyOf(resource: { id: string }): Promise<string[]> {
      const rows = await db.asOwner<{ text: string }>(
        `select o.lane || ' ' || to_char(o.s at time zone 'UTC', 'DD HH24:MI') || '–' || to_char(o.e at time zone 'UTC', 'DD HH24:MI') as text
         from occupancy o where o.leaf_id in (select leaf_id from resource_leaf where resource_id = $1) order by o.lane, o.s`,
        [resource.id],
      );
      return rows.map((it) => it.text);
    },

    async eventsOf(reservation: { id: string }): Promise<string[]> {
      const rows = await db.asOwner<{ type: string }>('select type from event where subject_id = $1 order by position', [reservation.id]);
      return rows.map((it) => it.type);
    },
  };
}

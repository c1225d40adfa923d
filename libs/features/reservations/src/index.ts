export { Book } from './book';
export { Cancel } from './cancel';
export { HoldTime } from './hold';
export { Move } from './move';
export { ReservationQueries } from './reservations.queries';
export { ReservationsModule } from './reservations.module';
export { ReservationsWorkerModule } from './reservations.worker';
export type { Reservation } from './reservation';
export type { BookingWish } from './wish';

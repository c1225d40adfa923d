export { Booking, type BookingRequest } from './booking';
export {
  scopes,
  type HistoryEntry,
  type Page,
  type Reservation,
  type ReservationDetails,
  type ReservationStatus,
  type ReservedResource,
  type Scope,
} from './reservation';
export { ReservationsApi } from './reservations-api';
export { BookingWords } from './form/booking-words';
export { refusalOf, type Reason, type Refusal } from './refusal/refusal';

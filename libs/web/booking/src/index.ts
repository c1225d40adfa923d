export { Booking, type BookingRequest } from './booking';
export { calendarOf, type CalendarEvent } from './calendar-file';
export {
  scopes,
  type Answer,
  type AnswerMap,
  type HistoryEntry,
  type Page,
  type Reservation,
  type ReservationDetails,
  type ReservationStatus,
  type ReservedResource,
  type Scope,
} from './reservation';
export { ReservationsApi, type EditedIntervals } from './reservations-api';
export { AnswerList } from './form/answer-list';
export { ProvisioningNote } from './form/provisioning-note';
export { Answers } from './form/answers';
export { Combobox, type ComboOption } from './combobox/combobox';
export { BookingWords } from './form/booking-words';
export { refusalOf, wantsAnswers, type Reason, type Refusal } from './refusal/refusal';
export { WhyNot } from './refusal/why-not';
export { busyTimeOf, fullTime, stripOf, type BusyBar, type BusyTime } from './day/busy-day';
export { Outcomes } from './outcomes';
export { MoveDates } from './repeat/move-dates';
export { SeriesApi, type SeriesOccurrence, type SeriesScope } from './repeat/series-api';
export { WhichDates } from './repeat/which-dates';
export { PersonField } from './form/person-field';
export { PlaceNames, type Places } from './places/place-names';
export { PlacesField } from './places/places-field';
export { TokenRequests } from './tokens/token-requests';
export { OwnQuotas, type OwnQuota } from './quota/own-quotas';
export { QuotaWords } from './quota/quota-words';
export { ResourcesApi, type AvailabilityAnswer, type FurtherResource } from './resources-api';
export { parseTime } from './time/time-entry';
export { onWire, overlaps, type Span } from './span';

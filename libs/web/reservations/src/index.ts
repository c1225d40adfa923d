export { checkInRoutes, reservationRoutes } from './reservations.routes';
export { Agenda } from './agenda/agenda';
export { isRunning, zoneOf } from './agenda/agenda-days';
export { BookingActs } from './agenda/booking-acts';
export { BookingTimes, spanOf } from './agenda/booking-times';
export { NowCard } from './agenda/now-card';
export { dueCheckIns, type DueCheckIn } from './check-in/due-check-ins';
export { OwnCards } from './own/own-cards';
export { layDay, type Laid } from './calendar/day-layout';

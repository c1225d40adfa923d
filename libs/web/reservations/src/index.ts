export { checkInRoutes, reservationRoutes } from './reservations.routes';

export { reservationRoutes } from './reservations.routes';

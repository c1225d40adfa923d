export { waitlistRoutes } from './waitlist.routes';

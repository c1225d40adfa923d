export { waitlistRoutes } from './waitlist.routes';
export { Waiting } from './waiting';

export { accountRoutes, connectRoutes, deviceRoutes, signInRoutes } from './sign-in.routes';
export { Entry } from './entry';

export { connectRoutes, deviceRoutes } from './connect/connect.routes';
export { accountRoutes, signInRoutes } from './sign-in.routes';
export { Entry } from './entry';

export { accountRoutes, signInRoutes } from './sign-in.routes';

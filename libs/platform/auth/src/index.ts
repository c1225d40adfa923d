export { AccessTokens, type AccessClaims } from './access-tokens';
export { CurrentActor, demand, may, type Actor, type AuthenticatedRequest } from './actor';
export { AuthModule } from './auth.module';
export { SessionCookies } from './cookies';
export { Passwords } from './passwords';
export { PUBLIC, Public, REQUIRES, Requires } from './requires';
export { Sessions, type Principal, type TokenAnswer } from './sessions';
export { SigningKeys } from './signing-keys';

export { AccessTokens, type AccessClaims } from './access-tokens';
export { CurrentActor, type Actor, type AuthenticatedRequest } from './actor';
export { AuthModule } from './auth.module';
export { SessionCookies } from './cookies';
export { Passwords } from './passwords';
export { PUBLIC, Public, REQUIRES, Requires, type Requirement } from './requires';
export {
  demand,
  demandGrantable,
  denied,
  grantable,
  may,
  maySomewhere,
  nameOf,
  permissionsIn,
  placesWith,
  rightsOfRole,
  type Grant,
  type Rights,
  type Scope,
} from './rights';
export {
  demandNotAbove,
  grantOf,
  grantsOfGroup,
  readRights,
  rightsColumns,
  rightsUnderLock,
  scopeOf,
  toRights,
  type RightsRow,
} from './rights.store';
export { Sessions, type Principal, type TokenAnswer } from './sessions';
export { SigningKeys } from './signing-keys';

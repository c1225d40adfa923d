export { AccessTokens, type AccessClaims } from './access-tokens';
export { CurrentActor, type Actor, type AuthenticatedRequest, type Owner } from './actor';
export { ApiTokens, sweepApiTokens, type MadeToken } from './api-tokens';
export { AuthModule } from './auth.module';
export { SessionCookies } from './cookies';
export { Lockout, sweepLockouts } from './lockout';
export { PARTIAL_TOKEN_SECONDS, PartialTokens, type PartialClaims } from './partial-tokens';
export { Passwords } from './passwords';
export { ClosedToStandIns, PUBLIC, Public, PublicFromOwnPages, REQUIRES, Requires, type Requirement } from './requires';
export {
  demand,
  demandGrantable,
  denied,
  grantable,
  isInReach,
  may,
  maySomewhere,
  mayThroughout,
  nameOf,
  permissionsIn,
  placesWith,
  rightsOfRole,
  type Grant,
  type Places,
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
export { ADDRESS_PER_MINUTE } from './rates/allowance.store';
export { Sessions, sweepSessions, type ActingClient, type EndReason, type OwnSessions, type Principal, type TokenAnswer } from './sessions';
export { Refusals } from './refusals';
export { endOverStandIns } from './stand-in.store';
export { STAND_IN_MINUTES, standInOf, StandIns, type BegunStandIn, type ShownStandIn } from './stand-ins';
export { SigningKeys } from './signing-keys';
export { IsTokenName, IsTokenPerMinute, TOKEN_NAME, TOKEN_PER_MINUTE } from './token-limits.dto';
export { TokenPlaces } from './token-places.dto';
export { demandPlaces, MOST_PLACES_OF_TOKEN, placesOfRow, type PlacesRow } from './token-places';
export { sweepTokenUse, usageOf, usesOfClient, usesOfToken, type TokenUsage } from './token-use';
export { TokenUsageResponse } from './token-use.dto';
export { sweepTrustedDevices, TrustedDevices, type TrustedDevice } from './trusted-devices';

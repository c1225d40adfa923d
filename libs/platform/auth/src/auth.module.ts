import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessTokens } from './access-tokens';
import { ApiTokens } from './api-tokens';
import { AuthGuard } from './auth.guard';
import { AllowanceStore } from './rates/allowance.store';
import { Allowances } from './rates/allowances';
import { QuotaAlerts } from './rates/quota-alerts';
import { SessionCookies } from './cookies';
import { Lockout } from './lockout';
import { PartialTokens } from './partial-tokens';
import { Passwords } from './passwords';
import { Refusals } from './refusals';
import { Sessions } from './sessions';
import { SigningKeys } from './signing-keys';
import { StandIns } from './stand-ins';
import { TokenUse } from './token-use';
import { TrustedDevices } from './trusted-devices';

const parts = [
  SigningKeys,
  AccessTokens,
  Sessions,
  StandIns,
  SessionCookies,
  Passwords,
  Lockout,
  TrustedDevices,
  PartialTokens,
  ApiTokens,
  Refusals,
];

/** Who sends a request. Closes every route that does not say otherwise. */
@Global()
@Module({
  providers: [...parts, AllowanceStore, Allowances, QuotaAlerts, TokenUse, { provide: APP_GUARD, useClass: AuthGuard }],
  exports: parts,
})
export class AuthModule {}

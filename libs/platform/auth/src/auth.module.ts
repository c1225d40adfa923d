import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessTokens } from './access-tokens';
import { AuthGuard } from './auth.guard';
import { SessionCookies } from './cookies';
import { Passwords } from './passwords';
import { Sessions } from './sessions';
import { SigningKeys } from './signing-keys';

/** Who sends a request. Closes every route that does not say otherwise. */
@Global()
@Module({
  providers: [SigningKeys, AccessTokens, Sessions, SessionCookies, Passwords, { provide: APP_GUARD, useClass: AuthGuard }],
  exports: [SigningKeys, AccessTokens, Sessions, SessionCookies, Passwords],
})
export class AuthModule {}

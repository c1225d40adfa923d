import { Problem } from '@berth/contracts';
import { isId } from '@berth/kernel';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { jwtVerify, SignJWT } from 'jose';
import { SigningKeys } from './signing-keys';

export const PARTIAL_TOKEN_SECONDS = 300;
const ISSUER = 'berth';
/** Nothing but the second step takes this audience, and the guard takes only another one. */
const AUDIENCE = 'mfa';
const TYPE = 'mfa+jwt';

/** Somebody who has shown the password and has to show more. */
export interface PartialClaims {
  readonly accountId: string;
  readonly organizationId: string;
  /** Of the password that was shown: another one since, and the token is worth nothing. */
  readonly passwordMark: string;
  /** What a provider said of them, where the first step was to sign in there. */
  readonly provedBy?: string;
}

/** Tokens between the two steps of a sign-in. */
@Injectable()
export class PartialTokens {
  constructor(
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
  ) {}

  async sign(claims: PartialClaims): Promise<string> {
    const key = await this.keys.current();
    const now = Math.floor(this.clock.now().getTime() / 1000);
    return new SignJWT({ org: claims.organizationId, mark: claims.passwordMark, ...(claims.provedBy && { by: claims.provedBy }) })
      .setProtectedHeader({ alg: 'ES256', kid: key.id, typ: TYPE })
      .setSubject(claims.accountId)
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setIssuedAt(now)
      .setExpirationTime(now + PARTIAL_TOKEN_SECONDS)
      .sign(key.privateKey);
  }

  /** @throws Problem `invalid-token`, the same for every reason */
  async verify(token: string): Promise<PartialClaims> {
    const keys = await this.keys.all();
    try {
      const { payload } = await jwtVerify(
        token,
        ({ kid }) => {
          const key = keys.find((it) => it.id === kid);
          if (!key) throw new Error('unknown key');
          return key.publicKey;
        },
        {
          algorithms: ['ES256'],
          issuer: ISSUER,
          audience: AUDIENCE,
          typ: TYPE,
          currentDate: this.clock.now(),
          requiredClaims: ['sub', 'exp'],
        },
      );
      const { sub, org, mark, by } = payload;
      if (typeof sub !== 'string' || !isId(sub) || typeof org !== 'string' || !isId(org) || typeof mark !== 'string')
        throw new Error('claims of another shape');
      return { accountId: sub, organizationId: org, passwordMark: mark, ...(typeof by === 'string' && isId(by) && { provedBy: by }) };
    } catch {
      throw new Problem('invalid-token');
    }
  }
}

import { Problem } from '@berth/contracts';
import { isId } from '@berth/kernel';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { SigningKeys } from './signing-keys';

export const ACCESS_TOKEN_SECONDS = 600;
const ISSUER = 'berth';
const AUDIENCE = 'berth-api';
const MAX_TOKEN_LENGTH = 4096;

/** What an access token says; rights are read from the account, so a token never outlives a change of them by long. */
export interface AccessClaims {
  readonly sessionId: string;
  readonly accountId: string;
  readonly organizationId: string;
  /** Who acts as the account; left out where it acts itself. */
  readonly standInBy?: string;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

/** Signs and checks access tokens: JWT (RFC 9068 type `at+jwt`), ES256, ten minutes. Who stands in is their `act` (RFC 8693 §4.1). */
@Injectable()
export class AccessTokens {
  /** Tokens already checked, so that a signature is verified once and not at every request. */
  private readonly checked = new LRUCache<string, AccessClaims>({ max: 10_000 });

  constructor(
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
  ) {}

  /** @param until where it is good for another time than ten minutes */
  async sign(claims: Omit<AccessClaims, 'expiresAt'>, until?: Date): Promise<string> {
    const key = await this.keys.current();
    const now = Math.floor(this.clock.now().getTime() / 1000);
    const act = claims.standInBy === undefined ? {} : { act: { sub: claims.standInBy } };
    return new SignJWT({ sid: claims.sessionId, org: claims.organizationId, ...act })
      .setProtectedHeader({ alg: 'ES256', kid: key.id, typ: 'at+jwt' })
      .setSubject(claims.accountId)
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setIssuedAt(now)
      .setExpirationTime(until ? Math.floor(until.getTime() / 1000) : now + ACCESS_TOKEN_SECONDS)
      .sign(key.privateKey);
  }

  /** @throws Problem `invalid-token`, the same for every reason */
  async verify(token: string): Promise<AccessClaims> {
    const now = this.clock.now();
    const known = this.checked.get(token);
    const claims = known ?? (await this.check(token, now));
    if (claims.expiresAt * 1000 <= now.getTime()) throw new Problem('invalid-token');
    if (!known) this.checked.set(token, claims);
    return claims;
  }

  private async check(token: string, now: Date): Promise<AccessClaims> {
    if (token.length > MAX_TOKEN_LENGTH) throw new Problem('invalid-token');
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
          typ: 'at+jwt',
          currentDate: now,
          requiredClaims: ['sub', 'exp', 'sid', 'org'],
        },
      );
      const { sub, sid, org, exp } = payload;
      if (![sub, sid, org].every((it) => typeof it === 'string' && isId(it)) || typeof exp !== 'number')
        throw new Error('claims of another shape');
      const standIn = payload['act'] === undefined ? {} : { standInBy: actingIn(payload['act']) };
      return { sessionId: sid as string, accountId: sub as string, organizationId: org as string, expiresAt: exp, ...standIn };
    } catch {
      throw new Problem('invalid-token');
    }
  }
}

function actingIn(act: unknown): string {
  const by = (act as { sub?: unknown } | null)?.sub;
  if (typeof by !== 'string' || !isId(by)) throw new Error('an actor of another shape');
  return by;
}

import { Database } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';

const GOOD_MS = 5 * 60_000;
const SWEPT = 10;

/** What a challenge is for. Before a sign-in nobody knows whose it is. */
export type ChallengePurpose =
  { readonly kind: 'enrolment' | 'second-step'; readonly accountId: string } | { readonly kind: 'sign-in'; readonly accountId?: undefined };

/** What authenticators are asked to sign: random, kept here as a hash, good once and for five minutes. */
@Injectable()
export class Challenges {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @returns 32 random bytes, base64url */
  async issue({ kind, accountId }: ChallengePurpose): Promise<string> {
    const challenge = randomBytes(32).toString('base64url');
    const now = this.clock.now();
    // Each that comes takes some along that nobody answered in time, so that they never pile up.
    await this.database.system.sql`
      with over as materialized (
        select hash from passkey_challenge where expires_at < ${now} order by expires_at limit ${SWEPT} for update skip locked
      ), forgotten as (
        delete from passkey_challenge where hash in (select hash from over)
      )
      insert into passkey_challenge (hash, purpose, account_id, expires_at)
      values (${hashOf(challenge)}, ${kind}, ${accountId ?? null}, ${new Date(now.getTime() + GOOD_MS)})`;
    return challenge;
  }

  /** Whether it was given for this and is still good. From now on it is not, whatever comes of the answer it was in. */
  async take(challenge: string, { kind, accountId }: ChallengePurpose): Promise<boolean> {
    const taken = await this.database.system.sql`
      delete from passkey_challenge
      where hash = ${hashOf(challenge)} and purpose = ${kind} and account_id is not distinct from ${accountId ?? null}::uuid
        and expires_at > ${this.clock.now()}
      returning hash`;
    return taken.length > 0;
  }
}

const hashOf = (challenge: string): Buffer => createHash('sha256').update(challenge).digest();

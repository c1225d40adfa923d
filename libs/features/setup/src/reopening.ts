import { Problem } from '@berth/contracts';
import { Database, type Tx } from '@berth/platform/database';
import { networkOf } from '@berth/platform/http';
import { Clock, CONFIG, type Config } from '@berth/platform/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { createHash, timingSafeEqual } from 'node:crypto';

/** From the first start of a process with the token: one that stays in the environment is no door that stands open. */
const OPEN_MS = 30 * 60_000;
const MAX_WRONG = 5;
const WITHIN_MS = 3_600_000;

/** The token in `SETUP_REOPEN_TOKEN`: good once, for half an hour, and looked at five times an hour for each network that guesses. */
@Injectable()
export class Reopening {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Pick<Config, 'setupReopenToken'>,
    private readonly clock: Clock,
  ) {}

  /** Makes the token known to every process. @returns until when it is good; undefined when there is none, or it has been used or run out */
  async announce(): Promise<Date | undefined> {
    const { setupReopenToken: token } = this.config;
    if (!token) return undefined;
    const now = this.clock.now();
    await this.database.system.sql`
      insert into setup_reopening (token_hash, expires_at)
      select ${hash(token)}, ${new Date(now.getTime() + OPEN_MS)} from installation where organization_id is not null
      on conflict do nothing`;
    const [row] = await this.database.system.sql<{ expires_at: Date }>`
      select expires_at from setup_reopening where token_hash = ${hash(token)} and used_at is null and expires_at > ${now}`;
    return row?.expires_at;
  }

  /** @throws Problem `setup-done` while nothing is open, `setup-token-invalid`, `too-many-attempts` for the right token too */
  async demand(token: string, address: string | null): Promise<void> {
    const refusal = await this.database.systemTransaction((tx) => this.refusal(tx, token, address));
    if (refusal) throw refusal;
  }

  /** Uses the token up in the transaction that does what it is for. @throws Problem `setup-token-invalid` when somebody else was faster */
  async use(tx: Tx, token: string): Promise<void> {
    const now = this.clock.now();
    const used = await tx.sql`
      update setup_reopening set used_at = ${now}
      where token_hash = ${hash(token)} and used_at is null and expires_at > ${now} returning used_at`;
    if (used.length === 0) throw new Problem('setup-token-invalid');
  }

  /** A wrong token is written down, so nothing is thrown in here. */
  private async refusal(tx: Tx, token: string, address: string | null): Promise<Problem | undefined> {
    const now = this.clock.now();
    // One after another, so that of many at once no more than five are looked at.
    await tx.sql`select pg_advisory_xact_lock(hashtext('berth.setup-reopening'))`;
    const open = await tx.sql<{ token_hash: Buffer }>`select token_hash from setup_reopening where used_at is null and expires_at > ${now}`;
    if (open.length === 0) return new Problem('setup-done');
    const since = new Date(now.getTime() - WITHIN_MS);
    const [wrong] = await tx.sql<{ count: number; first: Date | null }>`
      select count(*)::int as count, min(at) as first from setup_attempt where network = ${networkOf(address)}::inet and at > ${since}`;
    if (wrong?.first && wrong.count >= MAX_WRONG) return lockedUntil(new Date(wrong.first.getTime() + WITHIN_MS), now);
    const given = hash(token);
    if (open.filter((it) => timingSafeEqual(it.token_hash, given)).length > 0) return undefined;
    await tx.sql`delete from setup_attempt where at <= ${since}`;
    await tx.sql`insert into setup_attempt (network, at) values (${networkOf(address)}::inet, ${now})`;
    return new Problem('setup-token-invalid');
  }
}

const hash = (token: string): Buffer => createHash('sha256').update(token).digest();

const lockedUntil = (until: Date, now: Date): Problem =>
  new Problem('too-many-attempts', { until: until.toISOString(), retryAfter: Math.ceil((until.getTime() - now.getTime()) / 1000) });

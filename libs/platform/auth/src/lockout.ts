import { Problem } from '@berth/contracts';
import { Database, type Sql, type Tx } from '@berth/platform/database';
import { Clock, Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAttempt, type Attempts, forgottenBefore, judgeAttempt, type Outcome, type Verdict } from './lockout-policy';

const PAUSE_MS = 50;
const PATIENCE_MS = 10_000;

/** An attempt that has its place and has to tell how it ended. */
export interface Attempt {
  readonly key: Buffer;
  readonly begun: Date;
}

interface LockoutRow {
  failed_at: Date[];
  trying_at: Date[];
}

/**
 * Holds up guessing, by name and source: a name nobody has is counted like any other, so that a lock tells nothing of it.
 * Shared by all processes; a row has five places at most.
 */
@Injectable()
export class Lockout {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes one of the places of `name` at `source`, before anything is compared.
   * @throws Problem `too-many-attempts` with the instant at which the next may be made
   */
  async begin(name: string, source: string): Promise<Attempt> {
    const key = this.secrets.sign(Buffer.from(`${name.normalize('NFC').toLowerCase()}\0${source}`), 'lockout');
    for (let waited = 0; waited <= PATIENCE_MS; waited += PAUSE_MS) {
      const begun = this.clock.now();
      const verdict = await this.database.systemTransaction((tx) => this.claim(tx, key, begun));
      if (verdict.kind === 'try') return { key, begun };
      if (verdict.kind === 'locked') throw lockedUntil(verdict.until, begun);
      // As many as may try are being looked at this moment: whether there is a place is known when they have ended.
      await sleep(PAUSE_MS);
    }
    throw new Problem('too-many-attempts', { retryAfter: 1 });
  }

  async failed(attempt: Attempt): Promise<void> {
    await this.database.systemTransaction((tx) => this.end(tx, attempt, 'failed'));
  }

  /** In the transaction that opens what was asked for. */
  succeeded(tx: Tx, attempt: Attempt): Promise<void> {
    return this.end(tx, attempt, 'succeeded');
  }

  /** What was right tells nothing of the failures before it: they go on counting. */
  async withdraw(attempt: Attempt): Promise<void> {
    await this.database.systemTransaction((tx) => this.end(tx, attempt, 'withdrawn'));
  }

  private async claim(tx: Tx, key: Buffer, now: Date): Promise<Verdict> {
    const verdict = judgeAttempt(await lockRow(tx, key, now), now);
    if (verdict.kind === 'try') await write(tx, key, verdict.attempts);
    return verdict;
  }

  private async end(tx: Tx, { key, begun }: Attempt, outcome: Outcome): Promise<void> {
    const now = this.clock.now();
    await write(tx, key, afterAttempt(await lockRow(tx, key, now), begun, outcome, now));
  }
}

/** Forgets what no longer counts. */
export async function sweepLockouts(database: Sql, now: Date): Promise<void> {
  await database.sql`delete from sign_in_lockout where touched_at < ${forgottenBefore(now)}`;
}

/** Rivals wait here for one another. */
async function lockRow(tx: Tx, key: Buffer, now: Date): Promise<Attempts> {
  const [row] = await tx.sql<LockoutRow>`
    insert into sign_in_lockout (key, touched_at) values (${key}, ${now})
    on conflict (key) do update set touched_at = excluded.touched_at
    returning failed_at, trying_at`;
  return { failedAt: row!.failed_at, tryingAt: row!.trying_at };
}

async function write(tx: Tx, key: Buffer, { failedAt, tryingAt }: Attempts): Promise<void> {
  await tx.sql`
    update sign_in_lockout set failed_at = ${failedAt}::timestamptz[], trying_at = ${tryingAt}::timestamptz[] where key = ${key}`;
}

const lockedUntil = (until: Date, now: Date): Problem =>
  new Problem('too-many-attempts', { until: until.toISOString(), retryAfter: Math.ceil((until.getTime() - now.getTime()) / 1000) });

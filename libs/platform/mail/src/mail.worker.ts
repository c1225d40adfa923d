import { Database } from '@berth/platform/database';
import { type DueWork, Queue } from '@berth/platform/queue';
import { Clock, LOG, Secrets } from '@berth/platform/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { letterPlace } from './mail';
import { type Envelope, type Handed, MailTransport } from './mail-transport';

/** Longer than all time limits of a delivery together: nobody takes a letter that is still being handed over. */
const LEASE_MS = 180_000;
/** How long what became of a letter is tried to be written down; ends well before the lease. */
const REMEMBER_MS = 90_000;
const AGAIN_MS = 500;
const PAUSES_MS = [10_000, 60_000, 300_000, 900_000, 3_600_000];

type Settled = Exclude<Handed, { outcome: 'failed' }>;

interface MailRow {
  readonly id: string;
  readonly attempt: number;
  readonly letter_sealed: Buffer;
  readonly created_at: Date;
}

/** Sends what waits. Any number may run: a letter is taken by one, and given up to the next when that one dies. */
@Injectable()
export class MailWorker implements DueWork {
  readonly name = 'mail';
  readonly atOnce = 4;

  constructor(
    private readonly database: Database,
    private readonly transport: MailTransport,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
    queue: Queue,
    @Inject(LOG) private readonly log: Logger,
  ) {
    if (transport.isSetUp) queue.add(this);
  }

  async due(limit: number): Promise<string[]> {
    const rows = await this.database.system.sql<{ id: string }>`
      select id from mail where state = 'waiting' and next_try_at <= ${this.clock.now()} order by next_try_at, id limit ${limit}`;
    return rows.map((it) => it.id);
  }

  async execute(id: string): Promise<void> {
    const row = (await this.isTooLate(id)) ? undefined : await this.take(id);
    if (row) await this.hand(row);
  }

  private async take(id: string): Promise<MailRow | undefined> {
    const now = this.clock.now();
    const [row] = await this.database.system.sql<MailRow>`
      update mail
      set attempt = attempt + 1, next_try_at = ${new Date(now.getTime() + LEASE_MS)}
      where id = ${id} and state = 'waiting' and next_try_at <= ${now}
      returning id, attempt, letter_sealed, created_at`;
    return row;
  }

  private async hand(row: MailRow): Promise<void> {
    const content = JSON.parse(this.secrets.open(row.letter_sealed, letterPlace(row.id)).toString()) as Pick<Envelope, 'to' | 'letter'>;
    const handed = await this.transport.send({ id: row.id, writtenAt: row.created_at, ...content });
    if (handed.outcome === 'failed') await this.pause(row, handed.reason);
    else await this.settle(row, handed);
  }

  /** What a server has taken would arrive again if that were forgotten: a database that is away for a moment is waited for. */
  private async settle(row: MailRow, handed: Settled): Promise<void> {
    for (const until = performance.now() + REMEMBER_MS; ; await sleep(AGAIN_MS)) {
      try {
        return await this.write(row, handed);
      } catch (error) {
        if (performance.now() > until) throw error;
      }
    }
  }

  private async write({ id, attempt }: MailRow, handed: Settled): Promise<void> {
    const reason = handed.outcome === 'refused' ? handed.reason : null;
    await this.database.system.sql`
      update mail set state = ${handed.outcome}, reason = ${reason}, letter_sealed = null, ended_at = ${this.clock.now()}
      where id = ${id} and state = 'waiting' and attempt = ${attempt}`;
    if (reason) this.log.warn({ mail: id, reason }, 'a letter was refused');
  }

  private async pause({ id, attempt }: MailRow, reason: string): Promise<void> {
    const pause = PAUSES_MS[Math.min(attempt, PAUSES_MS.length) - 1] ?? LEASE_MS;
    await this.database.system.sql`
      update mail set reason = ${reason}, next_try_at = ${new Date(this.clock.now().getTime() + pause)}
      where id = ${id} and state = 'waiting' and attempt = ${attempt}`;
    this.log.warn({ mail: id, reason, attempt }, 'a letter could not be sent; it is tried again');
  }

  /** Gives a letter up that came too late to be of use. */
  private async isTooLate(id: string): Promise<boolean> {
    const now = this.clock.now();
    const rows = await this.database.system.sql`
      update mail set state = 'expired', letter_sealed = null, ended_at = ${now}
      where id = ${id} and state = 'waiting' and useful_until <= ${now} and next_try_at <= ${now}
      returning id`;
    return rows.length > 0;
  }
}

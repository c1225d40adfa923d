import { Database } from '@berth/platform/database';
import { Clock, LOG, Schedule } from '@berth/platform/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { cutOf, follow, latestCheckpointOf, ORIGIN } from './chain.queries';
import { CheckpointSigner, type Place } from './checkpoint';

const LOOK_MS = 300_000;
const HOUR_MS = 3_600_000;
const ROWS_AT_ONCE = 5_000;

/** Signs the end of each organization’s chain every hour, once it has followed it from the last signature to there. Any number may run. */
@Injectable()
export class Checkpoints {
  constructor(
    private readonly database: Database,
    private readonly signer: CheckpointSigner,
    private readonly clock: Clock,
    schedule: Schedule,
    @Inject(LOG) private readonly log: Logger,
  ) {
    schedule.every(LOOK_MS, 'signing the audit log failed', () => this.sign());
  }

  /** @returns how many chains were signed */
  async sign(): Promise<number> {
    const since = new Date(this.clock.now().getTime() - HOUR_MS);
    const due = await this.database.system.sql<{ org_id: string }>`
      select c.org_id from event_chain c
      left join lateral (select sequence, at from event_checkpoint where org_id = c.org_id order by sequence desc limit 1) last on true
      where last.sequence is null or (last.sequence < c.sequence and last.at <= ${since})`;
    let signed = 0;
    for (const { org_id: organizationId } of due) if (await this.signOne(organizationId)) signed++;
    return signed;
  }

  private async signOne(organizationId: string): Promise<boolean> {
    const place = await this.endOf(organizationId);
    if (!place) return false;
    const signature = await this.signer.sign(place);
    await this.database.system.sql`
      insert into event_checkpoint (org_id, sequence, hash, at, signature)
      values (${organizationId}, ${place.sequence}, ${place.hash}, ${place.at}, ${signature})
      on conflict do nothing`;
    // Whoever keeps the log of the process elsewhere has what nobody can take back here.
    this.log.info({ organizationId, sequence: place.sequence, checkpoint: signature }, 'audit checkpoint');
    return true;
  }

  /** The end of the chain, followed from the last place that was signed; undefined where it does not hold: that is never signed. */
  private async endOf(organizationId: string): Promise<Place | undefined> {
    const db = this.database.of(organizationId);
    const last = await latestCheckpointOf(db, organizationId);
    if (last && !(await this.signer.isGenuine(last))) return this.broken(organizationId, last.sequence);
    const cut = await cutOf(db, organizationId);
    if (!last && cut) return this.broken(organizationId, cut.sequence);
    let at = { ...(last ? { reached: last.sequence, hash: last.hash } : ORIGIN), checked: 0, brokenAt: null as number | null };
    do {
      at = await follow(db, organizationId, at, ROWS_AT_ONCE);
      if (at.brokenAt !== null) return this.broken(organizationId, at.brokenAt);
    } while (at.checked === ROWS_AT_ONCE);
    return at.reached > (last?.sequence ?? 0) ? { organizationId, sequence: at.reached, hash: at.hash, at: this.clock.now() } : undefined;
  }

  private broken(organizationId: string, sequence: number): undefined {
    this.log.error({ organizationId, sequence }, 'the audit log does not verify and is not signed');
    return undefined;
  }
}

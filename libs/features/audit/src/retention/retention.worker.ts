import { catalogueEvent } from '@berth/contracts';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock, LOG, Schedule } from '@berth/platform/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { type Checkpoint, CheckpointSigner } from '../chain/checkpoint';
import { VerifyLog } from '../chain/verify-log';

const EVERY_MS = 3_600_000;
const ROWS_AT_ONCE = 1_000;

/** Cuts the log of organizations that keep it for a time, at the latest signed checkpoint that is old enough: what is left still verifies. */
@Injectable()
export class AuditRetentionWorker {
  constructor(
    private readonly database: Database,
    private readonly signer: CheckpointSigner,
    private readonly verifying: VerifyLog,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    schedule: Schedule,
    @Inject(LOG) private readonly log: Logger,
  ) {
    schedule.every(EVERY_MS, 'the audit log could not be shortened', () => this.forget());
  }

  /** @returns how many events were given up */
  async forget(): Promise<number> {
    for (const it of await this.due()) await this.cut(it);
    const cut = await this.database.system.sql<{ org_id: string }>`select org_id from event_cut`;
    let gone = 0;
    for (const it of cut) gone += await this.deleteCut(it.org_id);
    return gone;
  }

  /** The latest checkpoint of each organization all events before which are older than it keeps them. */
  private due(): Promise<Checkpoint[]> {
    return this.database.system.sql<Checkpoint>`
      select c.org_id as "organizationId", c.sequence, c.hash, c.at, c.signature
      from organization o
      cross join lateral (
        select * from event_checkpoint c
        where c.org_id = o.id and c.at < ${this.clock.now()}::timestamptz - o.audit_keep_days * interval '1 day'
        order by c.sequence desc limit 1
      ) c
      left join event_cut cut on cut.org_id = o.id
      where o.audit_keep_days is not null and c.sequence > coalesce(cut.sequence, 0)`;
  }

  private async cut(checkpoint: Checkpoint): Promise<void> {
    const { organizationId, sequence } = checkpoint;
    // What does not verify is evidence, and stays.
    const { intact } = await this.verifying.execute(organizationId, 0, Number.MAX_SAFE_INTEGER);
    if (!intact || !(await this.signer.isGenuine(checkpoint))) {
      this.log.error({ organizationId, sequence }, 'the audit log does not verify and is not shortened');
      return;
    }
    const doer = { organizationId, accountId: null, requestId: null };
    await this.database.systemTransaction(async (tx) => {
      const [done] = await tx.sql<{ cut: boolean }>`select cut_events(${organizationId}, ${sequence}, ${this.clock.now()}) as cut`;
      const after = { sequence, until: checkpoint.at.toISOString() };
      if (done?.cut) await this.outbox.append(tx, doer, catalogueEvent('audit_log.shortened', { id: organizationId, after }));
    });
  }

  private async deleteCut(organizationId: string): Promise<number> {
    for (let gone = 0; ;) {
      const [row] = await this.database.system.sql<{ gone: number }>`select forget_cut_events(${organizationId}, ${ROWS_AT_ONCE}) as gone`;
      gone += row!.gone;
      if (row!.gone < ROWS_AT_ONCE) return gone;
    }
  }
}

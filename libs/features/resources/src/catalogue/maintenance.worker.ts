import { catalogueEvent } from '@berth/contracts';
import { formatInstant } from '@berth/kernel';
import { Database, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock, Schedule } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';

interface DueRow {
  id: string;
  org_id: string;
  name: string;
  site_id: string | null;
  status_until: Date | null;
  status_reason: string | null;
}

const EVERY_MS = 1_000;
const BATCH = 200;

/**
 * Begins and ends maintenance at its time. The rules know both without it; it writes down and tells what they mean, once
 * each, also after an outage. Any number may run.
 */
@Injectable()
export class MaintenanceWorker {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    schedule: Schedule,
  ) {
    schedule.every(EVERY_MS, 'maintenance could not be begun or ended', () => this.run());
  }

  /** @returns how many began or ended */
  async run(): Promise<number> {
    for (let done = 0; ;) {
      const now = this.clock.now();
      const step = await this.database.systemTransaction(async (tx) => (await this.begin(tx, now)) + (await this.end(tx, now)));
      done += step;
      if (step < BATCH) return done;
    }
  }

  private async begin(tx: Tx, now: Date): Promise<number> {
    const begun = await tx.sql<DueRow>`
      with due as materialized (
        select id from resource where status = 'maintenance' and unavailable_since is null and status_since <= ${now}
        order by status_since limit ${BATCH} for no key update skip locked)
      update resource r set unavailable_since = ${now}
      from due
      where r.id = due.id
      returning r.id, r.org_id, r.name, r.site_id, r.status_until, r.status_reason`;
    for (const it of begun) await this.outbox.append(tx, byItself(it), catalogueEvent('resource.unavailable', factsOf(it)));
    return begun.length;
  }

  private async end(tx: Tx, now: Date): Promise<number> {
    const ended = await tx.sql<DueRow>`
      with due as materialized (
        select id, status_until as until, status_reason as reason from resource
        where status = 'maintenance' and unavailable_since is not null and status_until <= ${now}
        order by status_until limit ${BATCH} for no key update skip locked)
      update resource r
      set status = 'available', status_since = null, status_until = null, status_reason = null, unavailable_since = null,
          version = version + 1, updated_at = ${now}
      from due
      where r.id = due.id
      returning r.id, r.org_id, r.name, r.site_id, due.until as status_until, due.reason as status_reason`;
    for (const it of ended) {
      const before = { status: 'maintenance', until: it.status_until && formatInstant(it.status_until), reason: it.status_reason };
      const after = { status: 'available', until: null, reason: null };
      await this.outbox.append(
        tx,
        byItself(it),
        catalogueEvent('resource.status_changed', { ...factsOf(it), before, after }),
        catalogueEvent('resource.available', factsOf(it)),
      );
    }
    return ended.length;
  }
}

const byItself = ({ org_id: organizationId }: DueRow) => ({ organizationId, accountId: null, requestId: null });
const factsOf = (it: DueRow) => ({ id: it.id, name: it.name, siteIds: it.site_id ? [it.site_id] : [] });

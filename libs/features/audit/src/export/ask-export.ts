import { catalogueEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { factsOfJob, insertJob, type Job, toJob } from '@berth/reservations';
import { Injectable } from '@nestjs/common';
import { type AuditFilter, withoutNulls } from '../log/audit-filter';
import { AuditLogQueries } from '../log/audit-log.queries';

export const exportFormats = ['csv', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** What the job of an export is to write: the events of a filter that lie between two places of the log, both exclusive. */
export interface AuditExportItem {
  readonly format: ExportFormat;
  readonly filter: AuditFilter;
  readonly above: number;
  readonly below: number;
}

/** Asks for the log as a file; that it was asked for is in the log. */
@Injectable()
export class AskExport {
  constructor(
    private readonly database: Database,
    private readonly queries: AuditLogQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, format: ExportFormat, wanted: AuditFilter): Promise<Job> {
    const filter = withoutNulls(wanted);
    const span = await this.queries.spanOf(actor.organizationId, filter);
    const item: AuditExportItem = { format, filter, ...span };
    return this.database.transaction(actor, async (tx) => {
      // How far it is counts in places of the log that were looked at.
      const total = Math.max(1, span.below - 1 - span.above);
      const job = { ...(await insertJob(tx, actor, 'audit-export', { items: [item], language: 'en' }, [], this.clock.now())), total };
      await tx.sql`update job set total = ${total} where id = ${job.id}`;
      const asked = catalogueEvent('audit.exported', { id: actor.organizationId, after: { format, filter } });
      await this.outbox.append(tx, actor, asked, factsOfJob('job.progressed', job));
      return toJob(job);
    });
  }
}

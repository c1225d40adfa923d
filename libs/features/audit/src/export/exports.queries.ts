import { Problem } from '@berth/contracts';
import { formatInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { FILE_KEPT_HOURS, type JobState } from '@berth/reservations';
import { Injectable } from '@nestjs/common';
import type { AuditFilter } from '../log/audit-filter';
import type { ExportFormat } from './ask-export';

/** A file of the log the actor asked for. */
export interface AuditExport {
  readonly id: string;
  readonly format: ExportFormat;
  readonly filter: AuditFilter;
  readonly state: JobState;
  /** Places of the log: how many were looked at, of how many. */
  readonly progress: { readonly done: number; readonly total: number };
  readonly askedAt: string;
  /** Until when it can be fetched; null while it is not ready. */
  readonly availableUntil: string | null;
}

interface ExportRow {
  id: string;
  format: ExportFormat;
  filter: AuditFilter;
  state: JobState;
  done: number;
  total: number;
  created_at: Date;
  ended_at: Date | null;
}

const MOST_SHOWN = 20;

/** Reads the files a person asked for. */
@Injectable()
export class AuditExportsQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Latest first. */
  async own(actor: Actor): Promise<AuditExport[]> {
    const rows = await this.database.of(actor.organizationId).sql<ExportRow>`
      select id, request #>> '{items,0,format}' as format, request #> '{items,0,filter}' as filter, state, done, total, created_at, ended_at
      from job
      where org_id = ${actor.organizationId} and account_id = ${actor.accountId} and kind = 'audit-export'
        and (ended_at is null or ended_at > ${this.since()})
      order by id desc limit ${MOST_SHOWN}`;
    return rows.map((it) => ({
      ...{ id: it.id, format: it.format, filter: it.filter, state: it.state, progress: { done: it.done, total: it.total } },
      askedAt: formatInstant(it.created_at),
      availableUntil:
        it.state === 'done' && it.ended_at ? formatInstant(new Date(it.ended_at.getTime() + FILE_KEPT_HOURS * 3_600_000)) : null,
    }));
  }

  /**
   * The file, part by part: never more than one part in memory.
   * @throws Problem `not-found` for somebody else's too, while it is not ready, and when it is forgotten
   */
  async file(actor: Actor, id: string): Promise<{ readonly format: ExportFormat; readonly content: AsyncIterable<string> }> {
    const db = this.database.of(actor.organizationId);
    const [row] = await db.sql<{ format: ExportFormat }>`
      select request #>> '{items,0,format}' as format from job
      where org_id = ${actor.organizationId} and account_id = ${actor.accountId} and id = ${id} and kind = 'audit-export'
        and state = 'done' and ended_at > ${this.since()}`;
    if (!row) throw new Problem('not-found');
    return { format: row.format, content: this.parts(actor.organizationId, id) };
  }

  private async *parts(organizationId: string, id: string): AsyncGenerator<string> {
    for (let last = -1; ;) {
      const [part] = await this.database.of(organizationId).sql<{ part: number; content: string }>`
        select part, content from audit_export_part
        where org_id = ${organizationId} and job_id = ${id} and part > ${last} order by part limit 1`;
      if (!part) return;
      yield part.content;
      last = part.part;
    }
  }

  private since(): Date {
    return new Date(this.clock.now().getTime() - FILE_KEPT_HOURS * 3_600_000);
  }
}

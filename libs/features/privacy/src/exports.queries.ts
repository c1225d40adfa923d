import { Problem } from '@berth/contracts';
import { formatInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { FILE_KEPT_HOURS, type JobState } from '@berth/reservations';
import { Injectable } from '@nestjs/common';
import type { PersonalData } from './export.queries';

/** An export the actor asked for. */
export interface PersonalExport {
  readonly id: string;
  /** Whose data it is. */
  readonly personId: string;
  readonly personName: string;
  readonly state: JobState;
  readonly askedAt: string;
  /** Until when it can be fetched; null while it is not ready. */
  readonly availableUntil: string | null;
}

interface ExportRow {
  id: string;
  person_id: string;
  display_name: string;
  state: JobState;
  created_at: Date;
  ended_at: Date | null;
}

/** Reads the exports a person asked for. */
@Injectable()
export class ExportsQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Latest first. */
  async own(actor: Actor): Promise<PersonalExport[]> {
    const rows = await this.database.of(actor.organizationId).sql<ExportRow>`
      select j.id, a.id as person_id, a.display_name, j.state, j.created_at, j.ended_at
      from job j join account a on a.org_id = j.org_id and a.id = (j.request #>> '{items,0,accountId}')::uuid
      where j.org_id = ${actor.organizationId} and j.account_id = ${actor.accountId} and j.kind = 'personal-data'
        and (j.ended_at is null or j.ended_at > ${this.since()})
      order by j.created_at desc, j.id desc limit 50`;
    return rows.map((it) => ({
      id: it.id,
      personId: it.person_id,
      personName: it.display_name,
      state: it.state,
      askedAt: formatInstant(it.created_at),
      availableUntil:
        it.state === 'done' && it.ended_at ? formatInstant(new Date(it.ended_at.getTime() + FILE_KEPT_HOURS * 3_600_000)) : null,
    }));
  }

  /** The document itself. @throws Problem `not-found` for somebody else's too, while it is not ready, and when it is forgotten */
  async file(actor: Actor, id: string): Promise<PersonalData> {
    const [row] = await this.database.of(actor.organizationId).sql<{ results: readonly PersonalData[] }>`
      select results from job
      where org_id = ${actor.organizationId} and account_id = ${actor.accountId} and id = ${id} and kind = 'personal-data'
        and state = 'done' and ended_at > ${this.since()}`;
    const [found] = row?.results ?? [];
    if (!found) throw new Problem('not-found');
    return found;
  }

  private since(): Date {
    return new Date(this.clock.now().getTime() - FILE_KEPT_HOURS * 3_600_000);
  }
}

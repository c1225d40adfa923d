import { catalogueEvent, Problem } from '@berth/contracts';
import { newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';

/** A span of the log of one organization. */
export interface ReplayedSpan {
  readonly reader: string;
  /** Sequence of the last event that is not in it. */
  readonly after: number;
  /** Sequence of the last that is. */
  readonly until: number;
}

/** Has a span of the log handed to one reader again; what it did for an event then it does not do twice. */
@Injectable()
export class ReplayEvents {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @param until undefined is to the end of the log @returns what is handed over; up to `after` where nothing is @throws Problem `not-found` */
  async execute(actor: Actor, reader: string, after: number, until = Infinity): Promise<ReplayedSpan> {
    const [known] = await this.database.system.sql`select from event_reader where name = ${reader}`;
    if (!known) throw new Problem('not-found');
    return this.database.transaction(actor, async (tx) => {
      const [chain] = await tx.sql<{ sequence: number }>`select sequence from event_chain where org_id = ${actor.organizationId}`;
      const span = { reader, after, until: Math.max(after, Math.min(until, chain?.sequence ?? 0)) };
      if (span.until === after) return span;
      await tx.sql`
        insert into event_replay (id, org_id, reader, after, until, created_at)
        values (${newId()}, ${actor.organizationId}, ${reader}, ${after}, ${span.until}, ${this.clock.now()})`;
      const told = { id: actor.organizationId, name: reader, after: { after, until: span.until } };
      await this.outbox.append(tx, actor, catalogueEvent('event_log.replayed', told));
      return span;
    });
  }
}

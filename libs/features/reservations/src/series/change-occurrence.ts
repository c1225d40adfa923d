import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';
import { ChangeDetails, type DetailsPatch } from '../change-details';
import { Move } from '../move';
import { FillOccurrence, type FillCommand } from './fill-occurrence';
import { occurrenceAt } from './occurrences.store';
import type { SeriesBooked } from './series';
import { SeriesQueries } from './series.queries';
import { seriesToChange } from './series.store';

export interface ChangeOccurrenceCommand extends FillCommand {
  readonly details: DetailsPatch;
}

/** Changes one occurrence as the reservation it is; one that was skipped is booked. */
@Injectable()
export class ChangeOccurrence {
  constructor(
    private readonly database: Database,
    private readonly moving: Move,
    private readonly changing: ChangeDetails,
    private readonly filling: FillOccurrence,
    private readonly queries: SeriesQueries,
  ) {}

  /** @throws Problem `not-found`, `permission-denied`, `invalid-state`, and those of moving */
  async execute(actor: Actor, command: ChangeOccurrenceCommand): Promise<SeriesBooked> {
    const db = this.database.of(actor.organizationId);
    await seriesToChange(db, actor, command.id, 'look');
    const { id, status } = await occurrenceAt(db, command.id, command.recurrenceId);
    // The answer to a repeated request would be that of a reservation: what is done twice here comes to the same.
    const plain = { ...actor, idempotency: undefined };
    const { start, end, resourceId, details } = command;
    const { customFields } = details;
    const moves = start !== undefined || end !== undefined || resourceId !== undefined;
    if (moves && status === 'skipped') await this.filling.execute(plain, { ...command, customFields });
    else if (moves) await this.moving.execute(plain, { id, start, end, resourceId, customFields });
    if (Object.values(details).some((it) => it !== undefined)) await this.changing.execute(plain, id, details);
    return { ...(await this.queries.booked(actor, command.id, db)), warnings: [] };
  }
}

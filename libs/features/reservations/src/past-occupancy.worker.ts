import { Database } from '@berth/platform/database';
import { Clock, Schedule } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';

const EVERY_MS = 3_600_000;
/** The timeline still shows in which lane of a pool last week's bookings were. */
const KEPT_DAYS = 8;
const RESOURCES_AT_ONCE = 100;
const ROWS_AT_ONCE = 1_000;

/**
 * Deletes occupancy that is long past, so that its size follows the future and not history (engine §1). What was stays with
 * the reservations and their items. Each step is a statement of its own that takes what nobody else has locked and never
 * waits, so any number may run beside each other and beside whoever books.
 */
@Injectable()
export class PastOccupancy {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    schedule: Schedule,
  ) {
    schedule.every(EVERY_MS, 'past occupancy could not be pruned', () => this.prune());
  }

  /** Goes through all leaves in the order of their ids. @returns how many rows were deleted */
  async prune(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - KEPT_DAYS * 86_400_000);
    let deleted = 0;
    for (let after: string | null = null; ;) {
      const leaves: readonly { id: string }[] = await this.database.system.sql<{ id: string }>`
        select id from resource where ${after}::uuid is null or id > ${after}::uuid order by id limit ${RESOURCES_AT_ONCE}`;
      const ids = leaves.map((it) => it.id);
      for (let rows = ROWS_AT_ONCE; rows === ROWS_AT_ONCE; deleted += rows) rows = await this.pruneSome(ids, before);
      const last = ids.at(-1);
      if (!last || ids.length < RESOURCES_AT_ONCE) return deleted;
      after = last;
    }
  }

  /** Holds are left to the sweeper, which tells of them. */
  private async pruneSome(leafIds: readonly string[], before: Date): Promise<number> {
    const gone = await this.database.system.sql`
      with past as materialized (
        select o.ctid from occupancy o
        where o.leaf_id = any(${[...leafIds]}::uuid[]) and o.s < ${before} and o.e <= ${before} and o.hold_until is null
        limit ${ROWS_AT_ONCE}
        for update skip locked)
      delete from occupancy o where o.ctid = any(array(select ctid from past))
      returning o.lane`;
    return gone.length;
  }
}

import { rightsColumns } from '@berth/platform/auth';
import { nothing, sql, Database } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { QueuedEntry } from './entry';
import { Offer } from './offer';
import { Seen } from './seen';

interface OpeningRow {
  id: string;
  org_id: string;
  resource_id: string | null;
  from_at: Date;
  to_at: Date;
}

interface Place {
  readonly priority: number;
  readonly place: number;
}

/** After that another worker takes an opening whose worker has died. */
const TAKEN_SECONDS = 3;
const BATCH = 100;
const SWEPT = 500;

/** Offers what was freed to those who wait, in the order of priority and joining. */
@Injectable()
export class ServeQueue {
  private swept: Place | undefined;

  constructor(
    private readonly database: Database,
    private readonly offer: Offer,
    private readonly clock: Clock,
  ) {}

  /** Serves every opening that is due. @returns how many offers were made */
  async execute(): Promise<number> {
    for (let made = 0; ;) {
      const opening = await this.next();
      if (!opening) return made;
      made += await this.serve(opening);
      await this.database.system.sql`
        delete from waitlist_opening where id = ${opening.id} and resource_id is not distinct from ${opening.resource_id}`;
    }
  }

  /** Looks at some of all who wait, the next call at the next: what no event told becomes known here. */
  async sweep(): Promise<number> {
    const entries = await this.database.system.sql<QueuedEntry>`
      select e.*, a.display_name, a.role, ${rightsColumns(this.clock.now())}
      from waitlist_entry e join account a on a.org_id = e.org_id and a.id = e.account_id
      where e.status = 'waiting' and a.status = 'active'
        ${this.swept ? sql`and (-e.priority, e.place) > (${-this.swept.priority}, ${this.swept.place})` : nothing}
      order by e.priority desc, e.place
      limit ${SWEPT}`;
    this.swept = entries.length < SWEPT ? undefined : entries.at(-1);
    return this.offerInOrder(entries, undefined, []);
  }

  private async next(): Promise<OpeningRow | undefined> {
    const now = this.clock.now();
    const [row] = await this.database.system.sql<OpeningRow>`
      with due as materialized (
        select id, resource_id from waitlist_opening
        where due_at <= ${now} and (taken_until is null or taken_until <= ${now})
        order by due_at, id limit 1 for update skip locked)
      update waitlist_opening o set taken_until = ${new Date(now.getTime() + TAKEN_SECONDS * 1000)}
      from due
      where o.id = due.id and o.resource_id is not distinct from due.resource_id
      returning o.id, o.org_id, o.resource_id, o.from_at, o.to_at`;
    return row;
  }

  private async serve(opening: OpeningRow): Promise<number> {
    const passedOver: QueuedEntry[] = [];
    let made = 0;
    for (let after: Place | undefined; ;) {
      const entries = await this.waiting(opening, after);
      made += await this.offerInOrder(entries, opening.resource_id ?? undefined, passedOver);
      if (entries.length < BATCH) return made;
      after = entries.at(-1);
    }
  }

  /**
   * Offers to one after another. What is found free for one may have become so a moment ago: those who were passed over
   * look again first, and only what they leave is offered.
   */
  private async offerInOrder(entries: readonly QueuedEntry[], around: string | undefined, passedOver: QueuedEntry[]): Promise<number> {
    let made = 0;
    const seen = new Seen();
    for (const entry of entries) {
      const slots = await this.offer.slotsFor(entry, around, seen);
      if (slots.length === 0) {
        passedOver.push(entry);
        continue;
      }
      seen.forget();
      for (const earlier of passedOver) if (await this.offer.execute(earlier, around, seen)) made++;
      seen.forget();
      if (await this.offer.give(entry, slots)) made++;
    }
    return made;
  }

  /** Who waits for something that shares the opening's resource and time, in order. */
  private waiting(opening: OpeningRow, after: Place | undefined): Promise<QueuedEntry[]> {
    return this.database.of(opening.org_id).sql<QueuedEntry>`
      select e.*, a.display_name, a.role, ${rightsColumns(this.clock.now())}
      from waitlist_entry e join account a on a.org_id = e.org_id and a.id = e.account_id
      where e.org_id = ${opening.org_id} and e.status = 'waiting' and a.status = 'active'
        and e.starts_at - make_interval(mins => e.flex_minutes) < ${opening.to_at} and e.ends_at + make_interval(mins => e.flex_minutes) > ${opening.from_at}
        ${
          opening.resource_id
            ? sql`and (e.resource_id is null or array_prepend(e.resource_id, e.with_resource_ids) && array(
                    select other.resource_id from resource_leaf own join resource_leaf other on other.leaf_id = own.leaf_id
                    where own.resource_id = ${opening.resource_id}))`
            : nothing
        }
        ${after ? sql`and (-e.priority, e.place) > (${-after.priority}, ${after.place})` : nothing}
      order by e.priority desc, e.place
      limit ${BATCH}`;
  }
}

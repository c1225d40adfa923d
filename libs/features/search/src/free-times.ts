import { Problem } from '@berth/contracts';
import { formatInstant, type Interval } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Clock } from '@berth/platform/runtime';
import { BusyTime } from '@berth/reservations';
import { mayBook, maySee, ResourceCatalogue, type ResourceTerms } from '@berth/resources';
import { availableSlots, type SlotQuery } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';

export interface FreeTimesQuery {
  readonly window: Interval;
  /** Length of a slot; undefined for the shortest the resource allows. */
  readonly minutes?: number;
  readonly quantity: number;
}

export interface Slot {
  readonly start: string;
  readonly end: string;
}

const MAX_BUFFER_MS = 86_400_000;

/** Finds when one resource can be booked. */
@Injectable()
export class FreeTimes {
  constructor(
    private readonly catalogue: ResourceCatalogue,
    private readonly busyTime: BusyTime,
    private readonly clock: Clock,
  ) {}

  /** Slots in order, at most `limit`. @throws Problem `not-found` */
  async slots(actor: Actor, resourceId: string, query: FreeTimesQuery, limit: number): Promise<{ data: Slot[]; hasMore: boolean }> {
    const terms = await this.termsOf(actor, resourceId);
    if (!mayBook(actor, terms)) return { data: [], hasMore: false };
    const data: Slot[] = [];
    for (const slot of availableSlots(terms, await this.slotQuery(actor, terms, query))) {
      if (data.length === limit) return { data, hasMore: true };
      data.push(toSlot(slot));
    }
    return { data, hasMore: false };
  }

  /** The first slot of the window. @throws Problem `not-found` */
  async next(actor: Actor, resourceId: string, query: FreeTimesQuery): Promise<Slot | null> {
    const { data } = await this.slots(actor, resourceId, query, 1);
    return data[0] ?? null;
  }

  private async slotQuery(actor: Actor, terms: ResourceTerms, { window, minutes, quantity }: FreeTimesQuery): Promise<SlotQuery> {
    const now = this.clock.now();
    const wide = { start: new Date(window.start.getTime() - MAX_BUFFER_MS), end: new Date(window.end.getTime() + MAX_BUFFER_MS) };
    const busy = await this.busyTime.of(actor, [terms], { quantity, window: wide, now });
    const whom = { personId: actor.accountId, groupIds: actor.groupIds };
    return { window, minutes: minutes ?? terms.policy.minDuration.value, quantity, busy: busy.get(terms.id) ?? [], ...whom, now };
  }

  private async termsOf(actor: Actor, resourceId: string): Promise<ResourceTerms> {
    const terms = (await this.catalogue.termsOfMany(actor.organizationId, [resourceId])).get(resourceId);
    if (!terms || !maySee(actor, terms)) throw new Problem('not-found', { detail: 'There is no such resource.' });
    return terms;
  }
}

const toSlot = ({ start, end }: Interval): Slot => ({ start: formatInstant(start), end: formatInstant(end) });

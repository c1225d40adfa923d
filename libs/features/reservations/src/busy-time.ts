import type { Interval } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import type { ResourceTerms } from '@berth/resources';
import { crowdedTime } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { type Obstacle, type Occupancy, rowsInTheWay } from './occupancy.store';
import { isOver, isOwnHold } from './place-under-locks';

/**
 * When a resource has not so many units free, in order: of its own lanes the time in which too many are taken, of the
 * parts of a composite every time in which one is.
 * @param rows of its leaves; of others they are passed over
 */
export function busyTimeOf(
  { id, leaves, units }: Pick<ResourceTerms, 'id' | 'leaves' | 'units'>,
  quantity: number,
  rows: readonly Occupancy[],
): Interval[] {
  return leaves.flatMap((leaf) => {
    const taken = rows.filter((it) => it.leafId === leaf);
    if (leaf !== id) return taken.map((it) => ({ start: it.s, end: it.e }));
    return crowdedTime(
      taken.map((it) => ({ ...it, pinned: false })),
      units,
      quantity,
    );
  });
}

/** Busy time of each resource, of what was read; holds that ran out and the actor's own do not count. */
export function busyTimeFor(
  actor: Pick<Actor, 'accountId' | 'displayName'>,
  resources: readonly ResourceTerms[],
  read: readonly Obstacle[],
  { quantity, now }: { readonly quantity: number; readonly now: Date },
): Map<string, Interval[]> {
  const claim = { organizer: { id: actor.accountId, displayName: actor.displayName }, bookedBy: null };
  const byLeaf = Map.groupBy(
    read.filter((it) => !isOver(it, now) && !isOwnHold(it, claim)),
    (it) => it.leafId,
  );
  return new Map(
    resources.map((it) => [
      it.id,
      busyTimeOf(
        it,
        quantity,
        it.leaves.flatMap((leaf) => byLeaf.get(leaf) ?? []),
      ),
    ]),
  );
}

/** Reads when resources are busy for somebody who wants to book them. */
@Injectable()
export class BusyTime {
  constructor(private readonly database: Database) {}

  /** Busy time of each resource that touches the window; holds that ran out and the actor's own do not count. */
  async of(
    actor: Actor,
    resources: readonly ResourceTerms[],
    { quantity, window, now }: { readonly quantity: number; readonly window: Interval; readonly now: Date },
  ): Promise<Map<string, Interval[]>> {
    return busyTimeFor(actor, resources, await this.read(actor.organizationId, resources, window), { quantity, now });
  }

  /** What takes the time of the resources, whoever asks. */
  read(organizationId: string, resources: readonly Pick<ResourceTerms, 'leaves'>[], window: Interval): Promise<Obstacle[]> {
    const leaves = [...new Set(resources.flatMap((it) => it.leaves))];
    return rowsInTheWay(this.database.of(organizationId), leaves, window);
  }
}

import { Injectable, inject } from '@angular/core';
import { eachOf, toProblem, type Outcome } from '@berth/web/data';
import type { Resource, StatusChange } from '../data/resource';
import { ResourcesApi } from '../data/resources-api';

/** Resources before and after a common act. */
export type BulkOutcome = Outcome<Resource, Resource>;

/** What was done, in one sentence, and what takes it back. */
export interface BulkDone {
  readonly message: string;
  readonly undo: () => Promise<unknown>;
}

/** The same change for many resources, each by its own call and with its own version. */
@Injectable({ providedIn: 'root' })
export class BulkActs {
  private readonly api = inject(ResourcesApi);

  addTags(resources: readonly Resource[], tags: readonly string[], onStep?: (finished: number) => void): Promise<BulkOutcome> {
    return eachOf(resources, (it) => this.changeTags(it, (own) => [...own, ...tags.filter((tag) => !has(own, tag))]), onStep);
  }

  /** Takes the tags away again, each only where it was really added. */
  removeAddedTags({ done }: BulkOutcome): Promise<BulkOutcome> {
    const changed = done.filter(isChanged);
    return eachOf(changed, ({ item, result }) => {
      const added = result.tags.filter((tag) => !has(item.tags, tag));
      return this.changeTags(result, (own) => own.filter((tag) => !has(added, tag)));
    }).then((outcome) => ({
      done: outcome.done.map(({ item, result }) => ({ item: item.result, result })),
      failed: outcome.failed.map(({ item, problem }) => ({ item: item.result, problem })),
    }));
  }

  setStatus(resources: readonly Resource[], change: StatusChange, onStep?: (finished: number) => void): Promise<BulkOutcome> {
    return eachOf(resources, (it) => this.api.setStatus(it.id, change), onStep);
  }

  /** Puts every resource back into the state it had. */
  restoreStatus({ done }: BulkOutcome): Promise<BulkOutcome> {
    return eachOf(
      done.map((it) => it.item),
      ({ id, status, statusUntil: until, statusReason: reason }) =>
        this.api.setStatus(id, status === 'maintenance' ? { status, until, reason } : { status, reservations: 'keep' }),
    );
  }

  private async changeTags(resource: Resource, changed: (tags: readonly string[]) => readonly string[]): Promise<Resource> {
    const tags = changed(resource.tags);
    if (tags.length === resource.tags.length) return resource;
    try {
      return await this.api.change(resource.id, resource.version, { tags });
    } catch (error) {
      if (toProblem(error).code !== 'precondition-failed') throw error;
      // One tag more or less goes with whatever somebody else has just changed.
      const current = await this.api.one(resource.id);
      return this.api.change(current.id, current.version, { tags: changed(current.tags) });
    }
  }
}

/** Whether the act did anything to it. */
export function isChanged({ item, result }: BulkOutcome['done'][number]): boolean {
  return item.version !== result.version;
}

const has = (tags: readonly string[], tag: string): boolean => tags.some((it) => it.toLowerCase() === tag.toLowerCase());

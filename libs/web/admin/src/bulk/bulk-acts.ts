import { Injectable, inject } from '@angular/core';
import { toProblem } from '@berth/web/data';
import type { Resource, StatusChange } from '../data/resource';
import { ResourcesApi } from '../data/resources-api';
import { eachOf, type Outcome } from './each-of';

/** The same change for many resources, each by its own call and with its own version. */
@Injectable({ providedIn: 'root' })
export class BulkActs {
  private readonly api = inject(ResourcesApi);

  addTags(
    resources: readonly Resource[],
    tags: readonly string[],
    onStep?: (finished: number) => void,
  ): Promise<Outcome<Resource, Resource>> {
    return eachOf(resources, (it) => this.changeTags(it, (own) => [...own, ...tags.filter((tag) => !has(own, tag))]), onStep);
  }

  removeTags(resources: readonly Resource[], tags: readonly string[]): Promise<Outcome<Resource, Resource>> {
    return eachOf(resources, (it) => this.changeTags(it, (own) => own.filter((tag) => !has(tags, tag))));
  }

  setStatus(
    resources: readonly Resource[],
    change: StatusChange,
    onStep?: (finished: number) => void,
  ): Promise<Outcome<Resource, Resource>> {
    return eachOf(resources, (it) => this.api.setStatus(it.id, change), onStep);
  }

  private async changeTags(resource: Resource, changed: (tags: readonly string[]) => readonly string[]): Promise<Resource> {
    const tags = changed(resource.tags);
    if (tags.length === resource.tags.length) return resource;
    try {
      return await this.api.change(resource.id, resource.version, { tags });
    } catch (error) {
      if (toProblem(error).code !== 'precondition-failed') throw error;
      // One more tag goes with whatever somebody else has just changed.
      const current = await this.api.one(resource.id);
      return this.api.change(current.id, current.version, { tags: changed(current.tags) });
    }
  }
}

const has = (tags: readonly string[], tag: string): boolean => tags.some((it) => it.toLowerCase() === tag.toLowerCase());

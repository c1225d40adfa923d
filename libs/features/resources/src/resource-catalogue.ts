import { Database } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { readTerms, type ResourceTerms } from './resource-terms';

export type { ResourceTerms } from './resource-terms';

const MAX_REMEMBERED = 20_000;
/** The slot that is running may have begun a day ago (longest slot step), and a blackout within it still counts. */
const LOOK_BACK_MS = 86_400_000;

/**
 * The terms of resources for whoever books them. Remembered by each process without end: whatever changes terms bumps the
 * resource's version or the organization's epoch, and a booking statement compares both, so terms that are out of date are
 * only ever judged again, never acted on.
 */
@Injectable()
export class ResourceCatalogue {
  private readonly remembered = new LRUCache<string, ResourceTerms>({ max: MAX_REMEMBERED });

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Terms as they were at some moment: for statements that compare version and epoch, and call `forget` when they differ.
   * @returns undefined when the organization has no such resource; an archived one is there
   */
  async terms(organizationId: string, resourceId: string): Promise<ResourceTerms | undefined> {
    const known = this.remembered.get(resourceId);
    if (known?.organizationId === organizationId) return known;
    return (await this.read(organizationId, [resourceId]))[0];
  }

  /** Terms as they are now, for answers that nothing compares afterwards; ids the organization does not have are left out. */
  async termsOfMany(organizationId: string, ids: readonly string[]): Promise<Map<string, ResourceTerms>> {
    const current = await this.database.of(organizationId).sql<{ id: string; version: number; epoch: number }>`
      select r.id, r.version, o.epoch
      from resource r
      join organization o on o.id = r.org_id
      where r.org_id = ${organizationId} and r.id = any(${ids}::uuid[])`;
    return this.termsAt(organizationId, current);
  }

  /** Terms of resources as they are at the versions just read; one that has changed since is read again. */
  async termsAt(
    organizationId: string,
    current: readonly { readonly id: string; readonly version: number; readonly epoch: number }[],
  ): Promise<Map<string, ResourceTerms>> {
    const found = new Map<string, ResourceTerms>();
    for (const { id, version, epoch } of current) {
      const known = this.remembered.get(id);
      if (known?.organizationId === organizationId && known.version === version && known.epoch === epoch) found.set(id, known);
    }
    const missing = current.map((it) => it.id).filter((it) => !found.has(it));
    if (missing.length > 0) for (const terms of await this.read(organizationId, missing)) found.set(terms.id, terms);
    return found;
  }

  /** The next who asks reads it again. */
  forget(resourceId: string): void {
    this.remembered.delete(resourceId);
  }

  private async read(organizationId: string, ids: readonly string[]): Promise<ResourceTerms[]> {
    const since = new Date(this.clock.now().getTime() - LOOK_BACK_MS);
    const terms = await readTerms(this.database.of(organizationId), organizationId, ids, since);
    for (const it of terms) this.remembered.set(it.id, it);
    return terms;
  }
}

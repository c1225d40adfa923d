import { Injectable, inject, signal } from '@angular/core';
import { Sites } from '@berth/web/data';
import { BookingWords } from '../form/booking-words';
import { ResourcesApi } from '../resources-api';

/** Sites, and resources with what they consist of, by id. */
export interface Places {
  readonly siteIds: readonly string[];
  readonly resourceIds: readonly string[];
}

/** What places are called that are known by id alone; a place the reader may not see has no name. */
@Injectable({ providedIn: 'root' })
export class PlaceNames {
  private readonly sites = inject(Sites);
  private readonly api = inject(ResourcesApi);
  private readonly words = inject(BookingWords);
  private readonly resources = signal<ReadonlyMap<string, string | null>>(new Map());

  /** Asks for the names that are not known yet. */
  async learn(all: readonly (Places | null)[]): Promise<void> {
    const unknown = new Set(all.flatMap((it) => it?.resourceIds ?? []).filter((it) => !this.resources().has(it)));
    if (this.sites.all().length === 0 && all.some((it) => it !== null && it.siteIds.length > 0)) await this.sites.load();
    const found = await Promise.all([...unknown].map(async (id) => [id, await this.api.one(id).then((it) => it.name, nobodys)] as const));
    if (found.length > 0) this.resources.update((known) => new Map([...known, ...found]));
  }

  /** The name of a resource; its id while that is not known. */
  ofResource(id: string): string {
    return this.resources().get(id) ?? id;
  }

  know(id: string, name: string): void {
    this.resources.update((known) => new Map([...known, [id, name]]));
  }

  /** All of them in a sentence, those without a name counted. */
  text({ siteIds, resourceIds }: Places): string {
    const named = [
      ...siteIds.map((id) => this.sites.all().find((it) => it.id === id)?.name ?? null),
      ...resourceIds.map((id) => this.resources().get(id) ?? null),
    ];
    const names = named.filter((it) => it !== null);
    const others = named.length - names.length;
    return this.words.list(others === 0 ? names : [...names, this.words.count('booking.places.others.', others)]);
  }
}

const nobodys = (): null => null;

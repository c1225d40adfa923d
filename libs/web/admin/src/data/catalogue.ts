import { Injectable, computed, inject, signal } from '@angular/core';
import { Session, Sites } from '@berth/web/data';
import type { Floor, ResourceType, Site, TagCount } from './resource';
import { ResourcesApi } from './resources-api';

/** Types, places and tags that resources are told apart by. */
@Injectable({ providedIn: 'root' })
export class Catalogue {
  private readonly api = inject(ResourcesApi);
  private readonly shellSites = inject(Sites);
  private readonly session = inject(Session);
  private readonly typeList = signal<readonly ResourceType[]>([]);
  private readonly siteList = signal<readonly Site[]>([]);
  private readonly floorList = signal<readonly Floor[]>([]);
  private readonly tagList = signal<readonly TagCount[]>([]);

  readonly types = this.typeList.asReadonly();
  /** Those somebody manages, where that is not all of them. */
  readonly sites = computed(() => this.siteList().filter((it) => !this.session.isOfPlaces() || this.hasRoleAt(it.id)));
  readonly floors = this.floorList.asReadonly();
  /** The most used first. */
  readonly tags = computed(() => [...this.tagList()].sort((a, b) => b.count - a.count || a.tag.localeCompare(b.tag)));
  readonly defaultType = computed(() => this.typeList().find((it) => it.isDefault) ?? this.typeList()[0] ?? null);

  /** Fetches everything again; what fails keeps what it was. */
  async load(): Promise<void> {
    await Promise.all([
      this.api.types().then((it) => this.typeList.set(byName(it)), ignore),
      this.api.sites().then((it) => this.siteList.set(byName(it)), ignore),
      this.api.floors().then((it) => this.floorList.set(byLevel(it)), ignore),
      this.api.tags().then((it) => this.tagList.set(it), ignore),
    ]);
  }

  private hasRoleAt(siteId: string): boolean {
    return this.session.user()?.places.some((it) => it.siteId === siteId) ?? false;
  }

  floorsOf(siteId: string): readonly Floor[] {
    return this.floorList().filter((it) => it.siteId === siteId);
  }

  async addSite(site: { name: string; countryCode: string; timeZone: string }): Promise<Site> {
    const added = await this.api.addSite(site);
    this.siteList.update((all) => byName([...all, added]));
    void this.shellSites.load();
    return added;
  }

  async addFloor(floor: { siteId: string; name: string }): Promise<Floor> {
    const added = await this.api.addFloor(floor);
    this.floorList.update((all) => byLevel([...all, added]));
    return added;
  }
}

const ignore = (): void => undefined;

function byName<T extends { readonly name: string }>(list: readonly T[]): readonly T[] {
  return [...list].sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
}

function byLevel(floors: readonly Floor[]): readonly Floor[] {
  return [...floors].sort((a, b) => (a.level ?? 0) - (b.level ?? 0) || a.name.localeCompare(b.name, undefined, { numeric: true }));
}

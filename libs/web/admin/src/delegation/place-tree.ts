import { Component, ElementRef, computed, effect, inject, input, output, resource, signal, untracked } from '@angular/core';
import { Session } from '@berth/web/data';
import { Icon, type IconName } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { AccessApi, type Place, scopeOf } from '../data/access-api';
import { Catalogue } from '../data/catalogue';
import type { Resource, ResourcePage } from '../data/resource';
import { ResourcesApi } from '../data/resources-api';

/** One row of the tree; floors and rooms only hold others. */
interface Row {
  readonly key: string;
  readonly name: string;
  readonly icon: IconName;
  readonly level: number;
  /** What can be chosen; null for floors and rooms. */
  readonly place: Place | null;
  /** Null where nothing lies below. */
  readonly isOpen: boolean | null;
  readonly count: number;
}

/**
 * Places in which roles are given, with how many have one there: the organization, its sites with floors, rooms and resources. One tab
 * stop: arrows move, right and left open and close, Enter chooses. Who manages some places only sees these.
 */
@Component({
  selector: 'berth-place-tree',
  imports: [Icon, TranslatePipe],
  template: `
    <div role="tree" class="tree" [attr.aria-label]="'admin.delegation.places' | translate">
      @for (row of rows(); track row.key) {
        <button
          type="button"
          role="treeitem"
          class="row"
          [class.on]="row.key === current()"
          [class.plain]="row.place === null"
          [style.padding-inline-start.px]="8 + (row.level - 1) * 16"
          [attr.aria-level]="row.level"
          [attr.aria-expanded]="row.isOpen"
          [attr.aria-selected]="row.key === current()"
          [attr.data-row]="row.key"
          [tabindex]="row.key === stop() ? 0 : -1"
          (click)="press(row)"
        >
          <svg
            class="turn"
            [berthIcon]="row.isOpen ? 'chevron-down' : 'chevron-right'"
            [class.none]="row.isOpen === null"
            [size]="14"
          ></svg>
          <svg [berthIcon]="row.icon"></svg>
          <span class="ellipsis">{{ row.name }}</span>
          @if (row.count > 0) {
            <span class="badge">
              <span aria-hidden="true">{{ words.number(row.count) }}</span>
              <span class="visually-hidden">{{ words.count('admin.delegation.held.', row.count) }}</span>
            </span>
          }
        </button>
      }
    </div>
  `,
  styleUrl: './place-tree.css',
  host: { '(keydown)': 'onKey($event)' },
})
export class PlaceTree {
  private readonly api = inject(AccessApi);
  private readonly resources = inject(ResourcesApi);
  private readonly catalogue = inject(Catalogue);
  private readonly session = inject(Session);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly words = inject(AdminWords);

  /** The scope that is shown: `organization`, `site:ID` or `resource:ID`. */
  readonly current = input.required<string>();
  /** Changes when roles were given or taken, so that the badges are counted again. */
  readonly version = input(0);
  readonly chosen = output<Place>();

  /** Sites that were opened. */
  private readonly open = signal<ReadonlySet<string>>(new Set());
  /** Floors and rooms that were closed: a site that opens shows all of it. */
  private readonly closed = signal<ReadonlySet<string>>(new Set());
  private readonly below = signal<ReadonlyMap<string, readonly Resource[]>>(new Map());
  private readonly focused = signal<string | null>(null);
  private readonly counts = resource({ params: () => ({ version: this.version() }), loader: () => this.api.places() });
  private readonly countOf = computed(
    () => new Map((this.counts.hasValue() ? this.counts.value() : []).map((it) => [scopeOf(it.place), it.count])),
  );
  /** Resources one has a role of where one has none at the site. */
  private readonly single = resource({
    loader: () =>
      Promise.all(
        (this.session.user()?.places ?? [])
          .filter((it) => it.resourceId !== null && it.permissions.includes('role:read'))
          .map((it) => this.resources.one(it.resourceId!).catch(() => null)),
      ),
  });

  protected readonly rows = computed<readonly Row[]>(() => {
    const organization = this.session.user()?.organization;
    const isEverywhere = this.session.mayEverywhere('role:read');
    const sites = this.catalogue.sites().filter((it) => this.session.mayAt('role:read', it.id));
    const alone = isEverywhere || !this.single.hasValue() ? [] : this.single.value().filter((it) => it !== null);
    const loose = alone.filter((it) => !this.session.mayAt('role:read', it.site?.id ?? null));
    return [
      ...(isEverywhere && organization
        ? [this.row({ kind: 'organization', id: organization.id, name: organization.name }, 'building', 1, null)]
        : []),
      ...sites.flatMap((site) => this.siteRows(site, isEverywhere ? 2 : 1)),
      ...loose.map((it) => this.row({ kind: 'resource', id: it.id, name: it.name }, 'box', 1, null)),
    ];
  });
  protected readonly stop = computed(() => {
    const keys = this.rows().map((it) => it.key);
    return [this.focused(), this.current()].find((it) => it !== null && keys.includes(it)) ?? keys[0] ?? null;
  });

  constructor() {
    // A site that is shown stands open, and somebody who has one place only sees what is in it.
    effect(() => {
      const sites = this.catalogue.sites().filter((it) => this.session.mayAt('role:read', it.id));
      const key = sites.length === 1 ? `site:${sites[0]!.id}` : this.current();
      if (key.startsWith('site:')) untracked(() => this.expand(key));
    });
  }

  /** A place that is shown already opens and closes, as what only holds others does. */
  protected press(row: Row): void {
    this.focused.set(row.key);
    if (row.place === null || row.key === this.current()) this.toggle(row);
    else this.chosen.emit(row.place);
  }

  protected onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = this.rows();
    const at = rows.findIndex((it) => it.key === this.stop());
    const row = rows[at];
    if (!row) return;
    const parent = rows.slice(0, at).findLastIndex((it) => it.level < row.level);
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => this.focus(rows[at + 1]),
      ArrowUp: () => this.focus(rows[at - 1]),
      Home: () => this.focus(rows[0]),
      End: () => this.focus(rows.at(-1)),
      ArrowRight: () => (row.isOpen === false ? this.toggle(row) : this.focus(rows[at + 1])),
      ArrowLeft: () => (row.isOpen ? this.toggle(row) : this.focus(rows[parent])),
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  }

  private focus(row: Row | undefined): void {
    if (!row) return;
    this.focused.set(row.key);
    this.host.nativeElement.querySelector<HTMLElement>(`[data-row="${row.key}"]`)?.focus();
  }

  private toggle(row: Row): void {
    if (row.isOpen === null) return;
    const [from, to] = row.isOpen ? [this.open, this.closed] : [this.closed, this.open];
    from.update((all) => new Set([...all].filter((it) => it !== row.key)));
    to.update((all) => new Set([...all, row.key]));
    if (!row.isOpen) this.expand(row.key);
  }

  private expand(key: string): void {
    if (!this.open().has(key)) this.open.update((all) => new Set([...all, key]));
    const [kind, id = ''] = key.split(':');
    if (kind === 'site' && !this.below().has(id)) void this.fetch(id);
  }

  private async fetch(siteId: string): Promise<void> {
    const filter = { q: '', status: null, typeId: null, siteId, floorId: null, tags: [], capacity: null, sort: 'name' } as const;
    const found: Resource[] = [];
    let cursor: string | null = null;
    do {
      const page: ResourcePage | null = await this.resources.list(filter, cursor).catch(() => null);
      found.push(...(page?.data ?? []));
      cursor = page?.page.nextCursor ?? null;
    } while (cursor !== null);
    this.below.update((all) => new Map([...all, [siteId, found]]));
  }

  private siteRows(site: { readonly id: string; readonly name: string }, level: number): Row[] {
    const key = `site:${site.id}`;
    const isOpen = this.open().has(key);
    const row = this.row({ kind: 'site', id: site.id, name: site.name }, 'map-pin', level, isOpen);
    return isOpen ? [row, ...this.floorRows(site.id, level + 1)] : [row];
  }

  private floorRows(siteId: string, level: number): Row[] {
    const all = this.below().get(siteId) ?? [];
    const tops = all.filter((it) => it.parentId === null || !all.some((whole) => whole.id === it.parentId));
    const on = (floorId: string | null): readonly Resource[] => tops.filter((it) => (it.floor?.id ?? null) === floorId);
    const floors = this.catalogue.floorsOf(siteId).filter((it) => on(it.id).length > 0);
    return [
      ...floors.flatMap((floor) =>
        this.heading(`floor:${floor.id}`, floor.name, 'layers', level, () => this.roomRows(on(floor.id), all, level + 1)),
      ),
      ...this.roomRows(on(null), all, level),
    ];
  }

  private roomRows(tops: readonly Resource[], all: readonly Resource[], level: number): Row[] {
    const rooms = [...Map.groupBy(tops, (it) => it.room?.id ?? null)];
    return rooms
      .toSorted(([a], [b]) => Number(a === null) - Number(b === null))
      .flatMap(([id, inside]) =>
        id === null
          ? inside.flatMap((it) => this.resourceRows(it, all, level))
          : this.heading(`room:${id}`, inside[0]?.room?.name ?? '', 'door-open', level, () =>
              inside.flatMap((it) => this.resourceRows(it, all, level + 1)),
            ),
      );
  }

  private heading(key: string, name: string, icon: IconName, level: number, rows: () => Row[]): Row[] {
    const isOpen = !this.closed().has(key);
    const row: Row = { key, name, icon, level, place: null, isOpen, count: 0 };
    return isOpen ? [row, ...rows()] : [row];
  }

  private resourceRows(resource: Resource, all: readonly Resource[], level: number): Row[] {
    const parts = all.filter((it) => it.parentId === resource.id);
    const row = this.row({ kind: 'resource', id: resource.id, name: resource.name }, 'box', level, null);
    return [row, ...parts.flatMap((it) => this.resourceRows(it, all, level + 1))];
  }

  private row(place: Place, icon: IconName, level: number, isOpen: boolean | null): Row {
    const key = scopeOf(place);
    return { key, name: place.name, icon, level, place, isOpen, count: this.countOf().get(key) ?? 0 };
  }
}

import { HttpClient } from '@angular/common/http';
import { Injectable, inject, signal } from '@angular/core';
import { apiUrl, ifMatch } from '@berth/web/data';
import { firstValueFrom } from 'rxjs';
import { DEFAULT_MINUTES, clock, clockOf, emptyQuery, type FindQuery, type Flex, type Sort } from '../query/find-query';

/** A search somebody keeps, as `GET /search/saved` gives it. */
export interface SavedSearch {
  readonly id: string;
  readonly name: string;
  readonly query: SavedQuery;
  readonly version: number;
}

/** What is kept of a search: all but the date, so that it stays true. */
export interface SavedQuery {
  readonly q?: string;
  readonly type?: string;
  readonly siteId?: string;
  readonly floorId?: string;
  readonly capacity?: number;
  readonly tags?: readonly string[];
  /** `HH:MM` */
  readonly start?: string;
  readonly durationMinutes?: number;
  readonly flexible?: Flex;
  readonly sort?: Sort;
}

/** A name that could be searched for. */
export interface Suggestion {
  readonly kind: 'resource' | 'type' | 'site' | 'floor' | 'tag';
  /** An id, the key of a type, or the tag itself. */
  readonly value: string;
  readonly label: string;
  readonly place: string | null;
}

/** The searches the person keeps. Every promise rejects with a Problem. */
@Injectable({ providedIn: 'root' })
export class SavedSearches {
  private readonly http = inject(HttpClient);
  private readonly list = signal<readonly SavedSearch[]>([]);

  /** By name. */
  readonly all = this.list.asReadonly();

  async load(): Promise<void> {
    this.list.set((await firstValueFrom(this.http.get<{ data: SavedSearch[] }>(apiUrl('/search/saved')))).data);
  }

  /** @throws Problem `already-exists` */
  async save(name: string, query: FindQuery, siteId: string | null): Promise<void> {
    await firstValueFrom(this.http.post(apiUrl('/search/saved'), { name, query: savedOf(query, siteId) }));
    await this.load();
  }

  /** @throws Problem `already-exists` */
  async rename({ id, version }: SavedSearch, name: string): Promise<void> {
    await firstValueFrom(this.http.patch(apiUrl(`/search/saved/${id}`), { name }, { headers: ifMatch(version) }));
    await this.load();
  }

  async forget({ id }: SavedSearch): Promise<void> {
    await firstValueFrom(this.http.delete(apiUrl(`/search/saved/${id}`)));
    this.list.update((all) => all.filter((it) => it.id !== id));
  }

  /** Names that hold what was typed. */
  async suggest(q: string): Promise<readonly Suggestion[]> {
    return (await firstValueFrom(this.http.get<{ data: Suggestion[] }>(apiUrl('/search/suggestions'), { params: { q } }))).data;
  }
}

export function savedOf(query: FindQuery, siteId: string | null): SavedQuery {
  const { words, type, floor, people, tags, start, minutes, flex, sort } = query;
  return {
    ...(words.trim() === '' ? {} : { q: words.trim() }),
    ...(type === null ? {} : { type }),
    ...(siteId === null ? {} : { siteId }),
    ...(floor === null ? {} : { floorId: floor }),
    ...(people === null ? {} : { capacity: people }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(start === null ? {} : { start: clock(start) }),
    ...(minutes === DEFAULT_MINUTES ? {} : { durationMinutes: minutes }),
    ...(flex === 'exact' ? {} : { flexible: flex }),
    ...(sort === 'fit' ? {} : { sort }),
  };
}

/** The search that was kept, on whichever day is looked at. */
export function queryOfSaved(saved: SavedQuery): Omit<FindQuery, 'date'> {
  const { date: _date, ...empty } = emptyQuery;
  return {
    ...empty,
    words: saved.q ?? '',
    type: saved.type ?? null,
    site: saved.siteId ?? 'all',
    floor: saved.floorId ?? null,
    people: saved.capacity ?? null,
    tags: saved.tags ?? [],
    start: clockOf(saved.start ?? null),
    minutes: saved.durationMinutes ?? DEFAULT_MINUTES,
    flex: saved.flexible ?? 'exact',
    sort: saved.sort ?? 'fit',
  };
}

import { DestroyRef, computed, effect, inject, signal, untracked, type Signal } from '@angular/core';
import { toProblem, type Problem } from '@berth/web/data';
import type { Resource, ResourceFilter } from '../data/resource';
import { ResourcesApi } from '../data/resources-api';

/**
 * The resources a filter finds, page after page. A new filter keeps the old rows, dimmed, until the first page of the new one
 * is there.
 */
export function resourceRows(filter: Signal<ResourceFilter>) {
  const api = inject(ResourcesApi);
  const rows = signal<readonly Resource[]>([]);
  const total = signal<number | null>(null);
  const cursor = signal<string | null>(null);
  const busy = signal<'first' | 'more' | null>('first');
  const problem = signal<Problem | null>(null);
  let asking = new AbortController();

  const fetchPage = async (mode: 'first' | 'more'): Promise<void> => {
    asking.abort();
    const mine = (asking = new AbortController());
    busy.set(mode);
    problem.set(null);
    try {
      const page = await api.list(filter(), mode === 'more' ? cursor() : null, mine.signal);
      if (mine.signal.aborted) return;
      rows.update((all) => (mode === 'more' ? [...all, ...page.data] : page.data));
      cursor.set(page.page.hasMore ? page.page.nextCursor : null);
      if (page.total !== undefined) total.set(page.total);
    } catch (error) {
      if (mine.signal.aborted) return;
      problem.set(toProblem(error));
    }
    busy.set(null);
  };

  effect(() => {
    filter();
    untracked(() => void fetchPage('first'));
  });
  inject(DestroyRef).onDestroy(() => asking.abort());

  return {
    rows: rows.asReadonly(),
    /** How many match in all; null while nobody knows. */
    total: total.asReadonly(),
    problem: problem.asReadonly(),
    /** Nothing has been shown yet. */
    isFirstLoad: computed(() => busy() === 'first' && rows().length === 0),
    isStale: computed(() => busy() === 'first' && rows().length > 0),
    isLoadingMore: computed(() => busy() === 'more'),
    hasMore: computed(() => cursor() !== null),
    async more(): Promise<void> {
      if (busy() === null && cursor() !== null) await fetchPage('more');
    },
    /** Fetches until every match is here; false when a page could not be had. */
    async all(): Promise<boolean> {
      while (cursor() !== null && problem() === null) await fetchPage('more');
      return problem() === null;
    },
    reload: (): Promise<void> => fetchPage('first'),
    retry: (): Promise<void> => fetchPage(rows().length > 0 && cursor() !== null ? 'more' : 'first'),
    /** Shows a changed resource at once, where it stands. */
    put(resource: Resource): void {
      rows.update((all) => all.map((it) => (it.id === resource.id ? resource : it)));
    },
  };
}

/** What {@link resourceRows} gives. */
export type ResourceRows = ReturnType<typeof resourceRows>;

import { computed, effect, signal, untracked, type Signal } from '@angular/core';
import { type Problem, toProblem } from '@berth/web/data';
import type { LogEntry, LogPage } from '../log-entry';

/** Rows of the log, page after page; what is asked for changed begins anew, and keeps what is shown until the answer is there. */
export function eventPages<Asked>(asked: Signal<Asked>, fetch: (asked: Asked, cursor: string | null) => Promise<LogPage>) {
  const rows = signal<readonly LogEntry[]>([]);
  const cursor = signal<string | null>(null);
  const searchedTo = signal<string | null>(null);
  const busy = signal<'first' | 'more' | null>('first');
  const problem = signal<Problem | null>(null);
  let turn = 0;

  const load = async (mode: 'first' | 'more'): Promise<void> => {
    const mine = ++turn;
    busy.set(mode);
    problem.set(null);
    try {
      const page = await fetch(asked(), mode === 'more' ? cursor() : null);
      if (mine !== turn) return;
      rows.update((all) => (mode === 'more' ? [...all, ...page.data] : page.data));
      cursor.set(page.page.nextCursor);
      searchedTo.set(page.searchedTo);
    } catch (error) {
      if (mine !== turn) return;
      problem.set(toProblem(error));
      if (mode === 'first') rows.set([]);
    }
    busy.set(null);
  };
  effect(() => {
    asked();
    untracked(() => void load('first'));
  });

  return {
    rows: rows.asReadonly(),
    problem: problem.asReadonly(),
    /** How far back the log was searched where little fitted; null where the page is full or the log at its end. */
    searchedTo: searchedTo.asReadonly(),
    isFirstLoad: computed(() => busy() === 'first' && rows().length === 0),
    isStale: computed(() => busy() === 'first' && rows().length > 0),
    isLoadingMore: computed(() => busy() === 'more'),
    hasMore: computed(() => cursor() !== null),
    async more(): Promise<void> {
      if (busy() === null && cursor() !== null) await load('more');
    },
    reload: (): Promise<void> => load('first'),
    retry: (): Promise<void> => load(rows().length > 0 && cursor() !== null ? 'more' : 'first'),
    /** Puts what is new before what is shown. */
    add(newest: readonly LogEntry[]): number {
      const known = rows()[0]?.sequence ?? 0;
      const fresh = newest.filter((it) => it.sequence > known);
      if (fresh.length > 0) rows.update((all) => [...fresh, ...all]);
      return fresh.length;
    },
  };
}

import { computed, signal, type Signal } from '@angular/core';
import type { Resource } from '../data/resource';

/** The rows ticked for a common act; rows that leave the list leave the selection. */
export function selection(rows: Signal<readonly Resource[]>) {
  const ticked = signal<ReadonlySet<string>>(new Set());
  const chosen = computed(() => rows().filter((it) => ticked().has(it.id)));

  return {
    chosen,
    count: computed(() => chosen().length),
    has: (id: string): boolean => ticked().has(id),
    hasAll: computed(() => rows().length > 0 && chosen().length === rows().length),
    toggle(id: string): void {
      ticked.update((all) => {
        const next = new Set(all);
        if (!next.delete(id)) next.add(id);
        return next;
      });
    },
    /** Ticks or unticks the rows from one to another, both included. */
    span(fromId: string, toId: string, on: boolean): void {
      const ids = rows().map((it) => it.id);
      const [from, to] = [ids.indexOf(fromId), ids.indexOf(toId)].sort((a, b) => a - b) as [number, number];
      ticked.update((all) => {
        const next = new Set(all);
        for (const id of ids.slice(Math.max(0, from), to + 1)) {
          if (on) next.add(id);
          else next.delete(id);
        }
        return next;
      });
    },
    all(): void {
      ticked.set(new Set(rows().map((it) => it.id)));
    },
    clear(): void {
      ticked.set(new Set());
    },
  };
}

/** What {@link selection} gives. */
export type Selection = ReturnType<typeof selection>;

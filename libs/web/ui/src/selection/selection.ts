import { computed, signal, type Signal } from '@angular/core';

/** The rows ticked for a common act; rows that leave the list leave the selection. */
export function selection<T extends { readonly id: string }>(rows: Signal<readonly T[]>) {
  const ticked = signal<ReadonlySet<string>>(new Set());
  const chosen = computed(() => rows().filter((it) => ticked().has(it.id)));
  /** Where a range begins: what was ticked or unticked last. */
  let last: string | null = null;

  const set = (ids: readonly string[], on: boolean): void =>
    ticked.update((all) => {
      const next = new Set(all);
      for (const id of ids) {
        if (on) next.add(id);
        else next.delete(id);
      }
      return next;
    });
  const between = (fromId: string, toId: string): string[] => {
    const ids = rows().map((it) => it.id);
    const [from, to] = [ids.indexOf(fromId), ids.indexOf(toId)].sort((a, b) => a - b) as [number, number];
    return from < 0 ? [toId] : ids.slice(from, to + 1);
  };

  return {
    chosen,
    count: computed(() => chosen().length),
    has: (id: string): boolean => ticked().has(id),
    hasAll: computed(() => rows().length > 0 && chosen().length === rows().length),
    /** Ticks or unticks one; with `through` all from the one before up to it, as Shift does. */
    tick(id: string, through = false): void {
      const on = !ticked().has(id);
      set(through && last !== null ? between(last, id) : [id], on);
      last = id;
    },
    /** Goes on from one to its neighbour, as Shift and an arrow do: back over what is ticked it lets go. */
    reach(fromId: string, toId: string): void {
      if (ticked().has(fromId) && ticked().has(toId)) set([fromId], false);
      else set([fromId, toId], true);
      last = toId;
    },
    all(): void {
      ticked.set(new Set(rows().map((it) => it.id)));
    },
    clear(): void {
      ticked.set(new Set());
      last = null;
    },
  };
}

/** What {@link selection} gives. */
export type Selection<T extends { readonly id: string }> = ReturnType<typeof selection<T>>;

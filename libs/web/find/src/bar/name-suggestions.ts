import { Injectable, computed, inject, signal } from '@angular/core';
import type { FindQuery } from '../query/find-query';
import { SavedSearches, type Suggestion } from '../saved/saved-searches';

const WAIT_MS = 180;
const LEAST_LETTERS = 2;
const SHOWN = 6;

/** Names offered for the words that are no chip yet. One for each field. */
@Injectable()
export class NameSuggestions {
  private readonly searches = inject(SavedSearches);
  private readonly found = signal<readonly Suggestion[]>([]);
  private timer: ReturnType<typeof setTimeout> | null = null;
  private turn = 0;

  readonly all = this.found.asReadonly();
  /** The one the arrows are on; -1 for none. */
  readonly active = signal(-1);
  readonly isOpen = computed(() => this.found().length > 0);

  /** Asks for what was typed, a moment after the last letter. */
  ask(words: string): void {
    const turn = ++this.turn;
    if (this.timer !== null) clearTimeout(this.timer);
    if (words.trim().length < LEAST_LETTERS) return this.close();
    this.timer = setTimeout(() => {
      // Typing goes on without suggestions where they cannot be had.
      const answer = this.searches.suggest(words.trim()).catch(() => []);
      void answer.then((all) => {
        if (turn !== this.turn) return;
        this.active.set(-1);
        this.found.set(all.slice(0, SHOWN));
      });
    }, WAIT_MS);
  }

  step(by: 1 | -1): void {
    const count = this.found().length;
    this.active.update((it) => Math.min(count - 1, Math.max(-1, it + by)));
  }

  close(): void {
    this.turn++;
    if (this.timer !== null) clearTimeout(this.timer);
    this.found.set([]);
    this.active.set(-1);
  }
}

/** What taking a suggestion changes in a search. @param tags those it has already */
export function patchOfSuggestion({ kind, value, label }: Suggestion, tags: readonly string[]): Partial<FindQuery> {
  if (kind === 'type') return { type: value, words: '' };
  if (kind === 'site') return { site: value, floor: null, words: '' };
  if (kind === 'floor') return { floor: value, words: '' };
  if (kind === 'tag') return { tags: [...new Set([...tags, value])], words: '' };
  return { words: label };
}

import { Component, computed, inject, resource } from '@angular/core';
import { addDays } from '@berth/kernel';
import { EmptyState } from '@berth/web/ui';
import { FindApi, type SearchRequest } from '../data/find-api';
import { FindState } from '../find-state';
import { FindWords } from '../find-words';
import { clock, emptyQuery, type FindQuery } from '../query/find-query';
import { looseningsOf } from './loosening';

const COUNTED = 50;
const TRIED_AT_MOST = 9;
const OFFERED_AT_MOST = 4;
const DAYS_AHEAD = 3;

/** One way out that is known to lead somewhere. */
interface WayOut {
  readonly label: string;
  readonly patch: Partial<FindQuery>;
}

/** Nothing is free then: every constraint is loosened by itself, and those that help are offered with what they bring. i18n: find.loosen.* */
@Component({
  selector: 'berth-nothing-free',
  imports: [EmptyState],
  template: `
    <berth-empty-state [title]="words.text('empty.title')" [text]="words.text(waysOut().length > 0 ? 'empty.text' : 'empty.none')">
      @for (it of waysOut(); track it.label) {
        <button type="button" class="btn" (click)="state.go(it.patch)">{{ it.label }}</button>
      }
      @if (isNarrowed()) {
        <button type="button" class="btn quiet" (click)="state.go(cleared)">{{ words.text('clear') }}</button>
      }
    </berth-empty-state>
  `,
})
export class NothingFree {
  private readonly api = inject(FindApi);
  protected readonly state = inject(FindState);
  protected readonly words = inject(FindWords);

  protected readonly cleared: Partial<FindQuery> = {
    type: null,
    floor: null,
    people: null,
    tags: [],
    words: '',
    flex: emptyQuery.flex,
  };
  protected readonly isNarrowed = computed(() => {
    const { type, floor, people, tags, words } = this.state.query();
    return type !== null || floor !== null || people !== null || tags.length > 0 || words !== '';
  });
  private readonly ways = resource({
    params: () => ({ query: this.state.query(), siteId: this.state.siteId(), date: this.state.wish().date }),
    loader: ({ params: { query, siteId, date } }) => this.tried(query, siteId, date),
  });
  protected readonly waysOut = computed(() => (this.ways.hasValue() ? this.ways.value() : []));

  private async tried(query: FindQuery, siteId: string | null, date: string): Promise<WayOut[]> {
    const tries = looseningsOf(query, siteId)
      .slice(0, TRIED_AT_MOST)
      .map(({ key, patch, name }) =>
        this.attempt({ ...query, ...patch }, patch, (count) => this.words.counted(`loosen.${key}`, count, { name })),
      );
    const start = query.start ?? 9 * 60;
    const days = Array.from({ length: DAYS_AHEAD }, (_, ahead) => addDays(date, ahead + 1)).map((it) => {
      const patch = { date: it, start };
      return this.attempt({ ...query, ...patch }, patch, (count, day) =>
        this.words.counted('loosen.later', count, { day, time: clock(start) }),
      );
    });
    const [ways, later] = await Promise.all([Promise.all(tries), Promise.all(days)]);
    return [...ways.filter((it) => it !== null), ...later.filter((it) => it !== null).slice(0, 1)].slice(0, OFFERED_AT_MOST);
  }

  private async attempt(query: FindQuery, patch: Partial<FindQuery>, said: (count: number, day: string) => string): Promise<WayOut | null> {
    const request: SearchRequest = this.state.requestOf(query, COUNTED);
    const answer = await this.api.search(request).catch(() => null);
    const count = answer?.data.length ?? 0;
    if (count === 0) return null;
    return { patch, label: said(count, this.words.day(request.from, this.state.zone())) };
  }
}

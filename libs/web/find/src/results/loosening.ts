import type { FindQuery } from '../query/find-query';

/** One constraint less, and what the button that drops it says. */
export interface Loosening {
  readonly key: 'tag' | 'words' | 'people' | 'floor' | 'type' | 'site' | 'around' | 'shorter' | 'day';
  readonly patch: Partial<FindQuery>;
  /** What is dropped, where its name has to be said. */
  readonly name?: string;
}

const SHORT = 30;

/** Every way to ask for less, one constraint at a time; the time first, as it is what people give up most easily. */
export function looseningsOf(query: FindQuery, siteId: string | null): Loosening[] {
  return [
    ...(query.flex === 'exact' ? [{ key: 'around', patch: { flex: 'around' } } as const] : []),
    ...(query.flex !== 'day' ? [{ key: 'day', patch: { flex: 'day' } } as const] : []),
    ...(query.minutes > SHORT ? [{ key: 'shorter', patch: { minutes: SHORT } } as const] : []),
    ...(query.words.trim() === '' ? [] : [{ key: 'words', patch: { words: '' }, name: query.words.trim() } as const]),
    ...query.tags.map((tag) => ({ key: 'tag', patch: { tags: query.tags.filter((it) => it !== tag) }, name: tag }) as const),
    ...(query.people === null ? [] : [{ key: 'people', patch: { people: null } } as const]),
    ...(query.floor === null ? [] : [{ key: 'floor', patch: { floor: null } } as const]),
    ...(query.type === null ? [] : [{ key: 'type', patch: { type: null } } as const]),
    ...(siteId === null ? [] : [{ key: 'site', patch: { site: 'all', floor: null } } as const]),
  ];
}

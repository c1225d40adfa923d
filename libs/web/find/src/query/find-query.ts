import { computed, inject, type Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router, type ParamMap, type Params } from '@angular/router';
import { isCivilDate } from '@berth/kernel';

/** How strictly the start is meant: that minute, two hours around it, or any time of the day. */
export const FLEXES = ['exact', 'around', 'day'] as const;
export type Flex = (typeof FLEXES)[number];
export const SORTS = ['fit', 'earliest', 'name'] as const;
export type Sort = (typeof SORTS)[number];

/** What is searched, as the address says it. */
export interface FindQuery {
  /** Civil date; null follows today. */
  readonly date: string | null;
  /** Minutes since midnight; null means now, or the morning of another day. */
  readonly start: number | null;
  /** Length wanted. */
  readonly minutes: number;
  readonly flex: Flex;
  /** Key of a resource type. */
  readonly type: string | null;
  /** Site id, `all`, or null for the person's own site. */
  readonly site: string | null;
  readonly floor: string | null;
  readonly people: number | null;
  readonly tags: readonly string[];
  /** What was typed and is no chip; looked for in names, places and tags. */
  readonly words: string;
  readonly sort: Sort;
}

export const DEFAULT_MINUTES = 60;
const MINUTES_AT_MOST = 31 * 1440;
const PEOPLE_AT_MOST = 100_000;
const WORDS_AT_MOST = 200;
const TAGS_AT_MOST = 20;

export const emptyQuery: FindQuery = {
  date: null,
  start: null,
  minutes: DEFAULT_MINUTES,
  flex: 'exact',
  type: null,
  site: null,
  floor: null,
  people: null,
  tags: [],
  words: '',
  sort: 'fit',
};

/** The search as it stands in the address. */
export function findUrl(): {
  readonly query: Signal<FindQuery>;
  readonly go: (patch: Partial<FindQuery>, options?: { readonly replaces?: boolean }) => void;
} {
  const route = inject(ActivatedRoute);
  const router = inject(Router);
  const params = toSignal(route.queryParamMap, { initialValue: route.snapshot.queryParamMap });
  return {
    query: computed(() => queryOf(params())),
    go: (patch, options) =>
      void router.navigate([], {
        relativeTo: route,
        queryParams: paramsOf(patch),
        queryParamsHandling: 'merge',
        replaceUrl: options?.replaces ?? false,
      }),
  };
}

/** Whatever is no sensible value counts as not said. */
export function queryOf(params: ParamMap): FindQuery {
  const date = params.get('date');
  return {
    date: date !== null && isCivilDate(date) ? date : null,
    start: clockOf(params.get('start')),
    minutes: wholeOf(params.get('for'), 1, MINUTES_AT_MOST) ?? DEFAULT_MINUTES,
    flex: FLEXES.find((it) => it === params.get('flex')) ?? 'exact',
    type: params.get('type'),
    site: params.get('site'),
    floor: params.get('floor'),
    people: wholeOf(params.get('people'), 1, PEOPLE_AT_MOST),
    tags: (params.get('tags')?.split(',') ?? []).filter(Boolean).slice(0, TAGS_AT_MOST),
    words: (params.get('q') ?? '').slice(0, WORDS_AT_MOST),
    sort: SORTS.find((it) => it === params.get('sort')) ?? 'fit',
  };
}

/** Parameters of what differs from the defaults; null takes one out of the address. */
export function paramsOf({ start, minutes, flex, words, tags, sort, people, ...rest }: Partial<FindQuery>): Params {
  return {
    ...rest,
    ...(start === undefined ? {} : { start: start === null ? null : clock(start) }),
    ...(minutes === undefined ? {} : { for: minutes === DEFAULT_MINUTES ? null : minutes }),
    ...(flex === undefined ? {} : { flex: flex === 'exact' ? null : flex }),
    ...(people === undefined ? {} : { people }),
    ...(tags === undefined ? {} : { tags: tags.length === 0 ? null : tags.join(',') }),
    ...(words === undefined ? {} : { q: words.trim() === '' ? null : words.trim() }),
    ...(sort === undefined ? {} : { sort: sort === 'fit' ? null : sort }),
  };
}

/** `14:30` of minutes since midnight. */
export const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Minutes since midnight; null for what is no clock time. */
export function clockOf(text: string | null): number | null {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(text ?? '') ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
  return Number(hours) * 60 + Number(minutes);
}

function wholeOf(text: string | null, least: number, most: number): number | null {
  const value = Number(text ?? Number.NaN);
  return Number.isInteger(value) && value >= least && value <= most ? value : null;
}

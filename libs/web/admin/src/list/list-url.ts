import { computed, inject, type Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router, type ParamMap, type Params } from '@angular/router';
import { RESOURCE_SORTS, RESOURCE_STATUSES, type ResourceFilter, type ResourceSort, type ResourceStatus } from '../data/resource';

/** Which resources by their status; null = all that are in use, `all` = archived ones too. */
export type StatusFilter = ResourceStatus | 'all' | null;

export const DETAIL_TABS = ['overview', 'rules', 'access', 'hours', 'status', 'history'] as const;
export type DetailTab = (typeof DETAIL_TABS)[number];

/** What the address says the list shows. */
export interface ListQuery {
  readonly q: string;
  readonly status: StatusFilter;
  readonly type: string | null;
  readonly site: string | null;
  readonly floor: string | null;
  readonly tags: readonly string[];
  /** Least number of seats. */
  readonly seats: number | null;
  readonly sort: ResourceSort;
  /** Resource shown in the panel. */
  readonly selected: string | null;
  readonly tab: DetailTab;
  readonly dialog: 'new' | 'import' | null;
}

/** What takes all filters away. */
export const NO_FILTERS = {
  q: '',
  status: null,
  type: null,
  site: null,
  floor: null,
  tags: [],
  seats: null,
} as const satisfies Partial<ListQuery>;

/** The state of the list as it stands in the address, so that links can be pasted and Back goes back. */
export function listUrl(): {
  readonly query: Signal<ListQuery>;
  readonly go: (patch: Partial<ListQuery>, options?: { readonly replaces?: boolean }) => Promise<boolean>;
} {
  const route = inject(ActivatedRoute);
  const router = inject(Router);
  const params = toSignal(route.queryParamMap, { initialValue: route.snapshot.queryParamMap });
  return {
    query: computed(() => queryOf(params())),
    go: (patch, options) =>
      router.navigate([], {
        relativeTo: route,
        queryParams: paramsOf(patch),
        queryParamsHandling: 'merge',
        replaceUrl: options?.replaces ?? false,
      }),
  };
}

export function queryOf(params: ParamMap): ListQuery {
  const status = params.get('status');
  const seats = Number(params.get('seats'));
  const dialog = params.get('dialog');
  return {
    q: params.get('q') ?? '',
    status: status === 'all' ? 'all' : (RESOURCE_STATUSES.find((it) => it === status) ?? null),
    type: params.get('type'),
    site: params.get('site'),
    floor: params.get('floor'),
    tags: params.getAll('tag').filter(Boolean),
    seats: Number.isInteger(seats) && seats > 0 ? seats : null,
    sort: RESOURCE_SORTS.find((it) => it === params.get('sort')) ?? 'name',
    selected: params.get('selected'),
    tab: DETAIL_TABS.find((it) => it === params.get('tab')) ?? 'overview',
    dialog: dialog === 'new' || dialog === 'import' ? dialog : null,
  };
}

/** Parameters of the address for a change; defaults and nulls leave it. */
export function paramsOf(patch: Partial<ListQuery>): Params {
  const { tags, ...rest } = patch;
  const params: Params = { ...rest };
  if (tags !== undefined) params['tag'] = tags.length > 0 ? tags : null;
  if ('q' in patch) params['q'] = patch.q || null;
  if ('sort' in patch) params['sort'] = patch.sort === 'name' ? null : patch.sort;
  if ('tab' in patch) params['tab'] = patch.tab === 'overview' ? null : patch.tab;
  return params;
}

/** What is asked of the server. */
export function filterOf(query: ListQuery): ResourceFilter {
  return {
    q: query.q,
    status: query.status === null ? null : query.status === 'all' ? RESOURCE_STATUSES : [query.status],
    typeId: query.type,
    siteId: query.site,
    floorId: query.floor,
    tags: query.tags,
    capacity: query.seats,
    sort: query.sort,
  };
}

/** How many filters narrow the list, the search apart. */
export function filterCount({ status, type, site, floor, tags, seats }: ListQuery): number {
  return [status, type, floor ?? site, seats].filter((it) => it !== null).length + tags.length;
}

/** The order after a click on a header: upwards first, then downwards. */
export function nextSort(current: ResourceSort, column: 'name' | 'capacity'): ResourceSort {
  return current === column ? `-${column}` : column;
}

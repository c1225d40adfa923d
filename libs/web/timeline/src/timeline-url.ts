import { computed, inject, type Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router, type ParamMap, type Params } from '@angular/router';
import { isCivilDate } from '@berth/kernel';
import { GROUPINGS, type Grouping } from './rows/catalogue';
import { TIMELINE_VIEWS, type TimelineView } from './time/time-scale';

/** What the address says the timeline shows. */
export interface TimelineQuery {
  /** Civil date; null follows today. */
  readonly date: string | null;
  readonly view: TimelineView;
  /** Site id, `all`, or null for the person's own default. */
  readonly site: string | null;
  readonly floor: string | null;
  readonly type: string | null;
  readonly capacity: number | null;
  readonly tags: readonly string[];
  /** Only what the reader has marked. */
  readonly favourites: boolean;
  /** Reservation shown in the inspector. */
  readonly selected: string | null;
  readonly mode: 'grid' | 'table';
  /** What the rows stand under. */
  readonly group: Grouping;
  /** Times the width that fits. */
  readonly zoom: number;
  /** Whether nights are drawn at full width in views of several days. */
  readonly nights: boolean;
}

export const ZOOM = { least: 0.5, most: 8 } as const;

/** The state of the screen as it stands in the address, so that links can be pasted and Back goes back. */
export function timelineUrl(): {
  readonly query: Signal<TimelineQuery>;
  readonly go: (patch: Partial<TimelineQuery>, options?: { readonly replaces?: boolean }) => void;
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

export function queryOf(params: ParamMap): TimelineQuery {
  const date = params.get('date');
  const view = TIMELINE_VIEWS.find((it) => it === params.get('view'));
  const capacity = Number(params.get('capacity'));
  const zoom = Number(params.get('zoom'));
  return {
    date: date !== null && isCivilDate(date) ? date : null,
    view: view ?? 'day',
    site: params.get('site'),
    floor: params.get('floor'),
    type: params.get('type'),
    capacity: capacity > 0 ? capacity : null,
    tags: params.get('tags')?.split(',').filter(Boolean) ?? [],
    favourites: params.get('favourites') === '1',
    selected: params.get('selected'),
    mode: params.get('mode') === 'table' ? 'table' : 'grid',
    group: GROUPINGS.find((it) => it === params.get('group')) ?? 'place',
    zoom: zoom >= ZOOM.least && zoom <= ZOOM.most ? zoom : 1,
    nights: params.get('nights') === '1',
  };
}

/** Parameters that stand for what differs from the defaults; null takes one out of the address. */
export function paramsOf(patch: Partial<TimelineQuery>): Params {
  const params: Params = { ...patch };
  if ('view' in patch) params['view'] = patch.view === 'day' ? null : patch.view;
  if ('mode' in patch) params['mode'] = patch.mode === 'table' ? 'table' : null;
  if ('group' in patch) params['group'] = patch.group === 'place' ? null : patch.group;
  if ('tags' in patch) params['tags'] = patch.tags?.length ? patch.tags.join(',') : null;
  if ('zoom' in patch) params['zoom'] = patch.zoom === 1 ? null : Math.round((patch.zoom ?? 1) * 100) / 100;
  if ('favourites' in patch) params['favourites'] = patch.favourites ? '1' : null;
  if ('nights' in patch) params['nights'] = patch.nights ? '1' : null;
  return params;
}

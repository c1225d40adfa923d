import { computed, inject, type Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router, type ParamMap, type Params } from '@angular/router';
import type { LogFilter } from '../log-entry';

/** What the address says the log shows. */
export interface LogQuery {
  readonly filter: LogFilter;
  /** Row that is open. */
  readonly selected: string | null;
  readonly isLive: boolean;
}

const ways = ['session', 'token', 'client', 'system', 'stand-in'] as const;
const outcomes = ['done', 'refused'] as const;
const texts = ['actor', 'object', 'objectId', 'from', 'to', 'address', 'q'] as const;

/** The state of the log as it stands in the address, so that links can be pasted and Back goes back. */
export function logUrl(): {
  readonly query: Signal<LogQuery>;
  /** Puts a filter in place of the one before. */
  readonly show: (filter: LogFilter, options?: { readonly replaces?: boolean }) => Promise<boolean>;
  readonly open: (id: string | null) => Promise<boolean>;
  readonly follow: (isLive: boolean) => Promise<boolean>;
} {
  const route = inject(ActivatedRoute);
  const router = inject(Router);
  const params = toSignal(route.queryParamMap, { initialValue: route.snapshot.queryParamMap });
  const go = (queryParams: Params, replaceUrl = false): Promise<boolean> =>
    router.navigate([], { relativeTo: route, queryParams, queryParamsHandling: 'merge', replaceUrl });
  return {
    query: computed(() => queryOf(params())),
    show: (filter, options) => go(paramsOf(filter), options?.replaces),
    open: (selected) => go({ selected }),
    follow: (isLive) => go({ live: isLive ? 1 : null }, true),
  };
}

export function queryOf(params: ParamMap): LogQuery {
  const via = ways.find((it) => it === params.get('via'));
  const outcome = outcomes.find((it) => it === params.get('outcome'));
  const action = params.getAll('action').filter(Boolean);
  const given = texts.flatMap((key) => (params.get(key) ? [[key, params.get(key)]] : []));
  return {
    filter: { ...Object.fromEntries(given), ...(action.length > 0 && { action }), ...(via && { via }), ...(outcome && { outcome }) },
    selected: params.get('selected'),
    isLive: params.get('live') === '1',
  };
}

/** Parameters of the address for a filter; what it does not ask for leaves it. */
export function paramsOf(filter: LogFilter): Params {
  const plain = [...texts, 'via', 'outcome'] as const;
  return { ...Object.fromEntries(plain.map((key) => [key, filter[key] ?? null])), action: filter.action?.length ? filter.action : null };
}

/** How much a filter narrows, the words apart. */
export const filterCount = ({ q: _words, ...filter }: LogFilter): number => Object.keys(filter).length;

export const isSameFilter = (a: LogFilter, b: LogFilter): boolean => JSON.stringify(paramsOf(a)) === JSON.stringify(paramsOf(b));

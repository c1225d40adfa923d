import { computed, inject, type Signal } from '@angular/core';
import type { SelectOption } from '@berth/web/ui';
import { AdminWords } from '../admin-words';
import { Catalogue } from '../data/catalogue';
import type { ListQuery, StatusFilter } from './list-url';

const SEATS = [2, 4, 6, 8, 12, 20, 50, 100];
const STATUSES: readonly StatusFilter[] = [null, 'available', 'maintenance', 'archived', 'all'];

/** What the filters of the list offer. */
export function filterOptions(query: Signal<ListQuery>) {
  const words = inject(AdminWords);
  const catalogue = inject(Catalogue);
  const hint = (count: number): string => words.number(count);

  return {
    statuses: computed<readonly SelectOption<StatusFilter>[]>(() =>
      STATUSES.map((value) => ({ value, label: words.text(`admin.filter.status.${value ?? 'used'}`) })),
    ),
    types: computed<readonly SelectOption<string | null>[]>(() => [
      { value: null, label: words.text('admin.filter.anyType') },
      ...catalogue.types().map((it) => ({ value: it.id, label: it.name, hint: hint(it.resourceCount) })),
    ]),
    /** Sites with their floors below; the value tells which of the two. */
    places: computed<readonly SelectOption<string | null>[]>(() => [
      { value: null, label: words.text('admin.filter.anyPlace') },
      ...catalogue
        .sites()
        .flatMap((site) => [
          { value: `site:${site.id}`, label: site.name, hint: hint(site.resourceCount) },
          ...catalogue.floorsOf(site.id).map((floor) => ({ value: `floor:${site.id}:${floor.id}`, label: `${site.name} ▸ ${floor.name}` })),
        ]),
    ]),
    place: computed(() => {
      const { site, floor } = query();
      if (floor !== null) return `floor:${site ?? catalogue.floors().find((it) => it.id === floor)?.siteId}:${floor}`;
      return site === null ? null : `site:${site}`;
    }),
    seats: computed<readonly SelectOption<number | null>[]>(() => [
      { value: null, label: words.text('admin.filter.anySeats') },
      ...[...new Set([...SEATS, ...(query().seats === null ? [] : [query().seats!])])]
        .sort((a, b) => a - b)
        .map((value) => ({ value, label: words.text('admin.filter.seats', { count: value }) })),
    ]),
    tags: computed<readonly SelectOption[]>(() => catalogue.tags().map((it) => ({ value: it.tag, label: it.tag, hint: hint(it.count) }))),
  };
}

/** Site and floor out of a value of `places`. */
export function placeOf(value: string | null): Pick<ListQuery, 'site' | 'floor'> {
  const [kind, site, floor] = value?.split(':') ?? [];
  return { site: kind === undefined ? null : (site ?? null), floor: kind === 'floor' ? (floor ?? null) : null };
}

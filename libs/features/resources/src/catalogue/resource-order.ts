import type { CursorKey } from '@berth/kernel';
import { cursorId, cursorText, cursorWhole } from '@berth/places';
import { sql, type Statement } from '@berth/platform/database';
import type { ResourceRow } from './resource';

export const resourceSorts = ['name', '-name', 'capacity', '-capacity', 'created'] as const;
export type ResourceSort = (typeof resourceSorts)[number];

/** An order of resources that is total, so that a page can go on where the one before ended. */
export interface ResourceOrder {
  readonly by: Statement;
  /** Number of values in a key. */
  readonly values: number;
  readonly keyOf: (row: ResourceRow) => CursorKey;
  /** Condition of the rows behind a key. @throws Problem `invalid-cursor` */
  readonly behind: (key: CursorKey) => Statement;
}

/** Larger than any capacity: resources without one come last both ways. */
const NO_CAPACITY = 2_147_483_647;

export const resourceOrders: { readonly [S in ResourceSort]: ResourceOrder } = {
  name: {
    by: sql`lower(r.name), r.id`,
    values: 2,
    keyOf: (row) => [row.sort_name, row.id],
    behind: ([name, id]) => sql`(lower(r.name), r.id) > (${cursorText(name)}, ${cursorId(id)})`,
  },
  '-name': {
    by: sql`lower(r.name) desc, r.id desc`,
    values: 2,
    keyOf: (row) => [row.sort_name, row.id],
    behind: ([name, id]) => sql`(lower(r.name), r.id) < (${cursorText(name)}, ${cursorId(id)})`,
  },
  capacity: {
    by: sql`coalesce(r.capacity, 2147483647), r.id`,
    values: 2,
    keyOf: (row) => [row.capacity ?? NO_CAPACITY, row.id],
    behind: ([capacity, id]) => sql`(coalesce(r.capacity, 2147483647), r.id) > (${cursorWhole(capacity)}, ${cursorId(id)})`,
  },
  '-capacity': {
    by: sql`coalesce(r.capacity, -1) desc, r.id desc`,
    values: 2,
    keyOf: (row) => [row.capacity ?? -1, row.id],
    behind: ([capacity, id]) => sql`(coalesce(r.capacity, -1), r.id) < (${cursorWhole(capacity)}, ${cursorId(id)})`,
  },
  // Ids are made in the order of creation.
  created: { by: sql`r.id`, values: 1, keyOf: (row) => [row.id], behind: ([id]) => sql`r.id > ${cursorId(id)}` },
};

import { parseDuration } from '@berth/kernel';

/** Answer of `GET /availability/rows`: one array a column, so that 500 rows travel in a few kilobytes. */
export interface RowsAnswer {
  readonly total: number;
  readonly types: readonly { readonly id: string; readonly key: string; readonly name: string; readonly icon: string | null }[];
  readonly sites: readonly { readonly id: string; readonly name: string; readonly timeZone: string }[];
  readonly floors: readonly { readonly id: string; readonly name: string; readonly siteId: string }[];
  readonly rules: readonly WireRules[];
  readonly zones: readonly string[];
  readonly rows: {
    readonly id: readonly string[];
    readonly name: readonly string[];
    readonly type: readonly number[];
    readonly site: readonly number[];
    readonly floor: readonly number[];
    readonly parent: readonly number[];
    readonly depth: readonly number[];
    readonly capacity: readonly (number | null)[];
    readonly units: readonly number[];
    readonly status: readonly string[];
    readonly bookable: readonly boolean[];
    readonly zone: readonly number[];
    readonly rules: readonly number[];
    readonly tags: readonly (readonly string[])[];
  };
}

interface WireRules {
  readonly minDuration: string;
  readonly maxDuration: string;
  readonly slotStep: string;
  readonly minNotice: string;
  readonly horizon: string;
  readonly bufferBefore: string;
  readonly bufferAfter: string;
  readonly approval: boolean;
  readonly mayLeaveOpenHours: boolean;
}

/** What the owner of a resource allows; all lengths in whole minutes. */
export interface ResourceRules {
  readonly minDuration: number;
  readonly maxDuration: number;
  readonly slotStep: number;
  readonly minNotice: number;
  readonly horizon: number;
  readonly bufferBefore: number;
  readonly bufferAfter: number;
  readonly needsApproval: boolean;
  readonly mayLeaveOpenHours: boolean;
}

/** A resource as a row of the timeline. */
export interface ResourceRow {
  readonly id: string;
  readonly name: string;
  /** Key of the resource type, `room`, `desk` …; null without one. */
  readonly typeKey: string | null;
  /** As the type is called. */
  readonly typeName: string | null;
  readonly siteId: string | null;
  readonly siteName: string | null;
  readonly floorName: string | null;
  readonly parentId: string | null;
  readonly depth: number;
  readonly capacity: number | null;
  readonly units: number;
  readonly status: string;
  /** Whether it can be booked by itself; what it is made of may be, all the same. */
  readonly bookable: boolean;
  readonly zone: string;
  readonly rules: ResourceRules;
  readonly tags: readonly string[];
  /** Stands above the others, because the reader has marked it or what it is part of. */
  readonly isFavourite: boolean;
}

/** Title of the heading over marked resources; no place is called so. */
export const FAVOURITES = '★';

/** What rows stand under: the site and floor, the type, or nothing. */
export const GROUPINGS = ['place', 'type', 'none'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** A line of the timeline: a resource, or the heading of those that share a place or type. */
export type TimelineLine =
  | {
      readonly kind: 'group';
      readonly id: string;
      readonly title: string;
      readonly count: number;
      readonly collapsed: boolean;
      readonly rows: readonly ResourceRow[];
    }
  | { readonly kind: 'resource'; readonly id: string; readonly row: ResourceRow; readonly order: number };

export function resourceRows(answer: RowsAnswer): ResourceRow[] {
  const rules = answer.rules.map(toRules);
  const { rows } = answer;
  return rows.id.map((id, index) => {
    const site = answer.sites[rows.site[index]!];
    const parent = rows.parent[index]!;
    return {
      id,
      name: rows.name[index]!,
      typeKey: answer.types[rows.type[index]!]?.key ?? null,
      typeName: answer.types[rows.type[index]!]?.name ?? null,
      siteId: site?.id ?? null,
      siteName: site?.name ?? null,
      floorName: answer.floors[rows.floor[index]!]?.name ?? null,
      parentId: parent >= 0 ? (rows.id[parent] ?? null) : null,
      depth: rows.depth[index]!,
      capacity: rows.capacity[index]!,
      units: rows.units[index]!,
      status: rows.status[index]!,
      bookable: rows.bookable[index] ?? true,
      zone: answer.zones[rows.zone[index]!]!,
      rules: rules[rows.rules[index]!]!,
      tags: rows.tags[index]!,
      isFavourite: false,
    };
  });
}

/** The rows with those that are marked first; what they are made of goes along. */
export function favouritesFirst(rows: readonly ResourceRow[], marked: ReadonlySet<string>): readonly ResourceRow[] {
  const depths = new Map<string, number>();
  for (const { id, parentId } of rows) {
    const above = parentId === null ? undefined : depths.get(parentId);
    if (above !== undefined) depths.set(id, above + 1);
    else if (marked.has(id)) depths.set(id, 0);
  }
  if (depths.size === 0) return rows;
  const first = rows.filter((it) => depths.has(it.id)).map((it) => ({ ...it, depth: depths.get(it.id)!, isFavourite: true }));
  return [...first, ...rows.filter((it) => !depths.has(it.id))];
}

/** The rows in the order of their groups; what one is made of stays with it. */
export function inGroups(rows: readonly ResourceRow[], grouping: Grouping): ResourceRow[] {
  return [...groupsOf(rows, grouping).values()].flat();
}

/** The lines to show, of rows in the order of their groups: headings only where there is more than one. */
export function timelineLines(rows: readonly ResourceRow[], collapsed: ReadonlySet<string>, grouping: Grouping = 'place'): TimelineLine[] {
  const groups = groupsOf(rows, grouping);
  const lines: TimelineLine[] = [];
  let order = 0;
  for (const [title, members] of groups) {
    const isCollapsed = collapsed.has(title);
    if (groups.size > 1)
      lines.push({ kind: 'group', id: `group:${title}`, title, count: members.length, collapsed: isCollapsed, rows: members });
    for (const row of members) {
      if (groups.size === 1 || !isCollapsed) lines.push({ kind: 'resource', id: row.id, row, order });
      order++;
    }
  }
  return lines;
}

/** Rows above and below each row: those a booking of it may block, and that may block it. */
export function relativesOf(rows: readonly ResourceRow[]): Map<string, readonly string[]> {
  const parents = new Map(rows.map((it) => [it.id, it.parentId]));
  const relatives = new Map<string, string[]>();
  for (const row of rows) {
    for (let up = row.parentId; up; up = parents.get(up) ?? null) {
      relatives.set(up, [...(relatives.get(up) ?? []), row.id]);
      relatives.set(row.id, [...(relatives.get(row.id) ?? []), up]);
    }
  }
  return relatives;
}

/** By title, each group where its first row stood. */
function groupsOf(rows: readonly ResourceRow[], grouping: Grouping): Map<string, ResourceRow[]> {
  const groups = new Map<string, ResourceRow[]>();
  const titles = new Map<string, string>();
  for (const row of rows) {
    const title = (row.depth > 0 && row.parentId !== null ? titles.get(row.parentId) : undefined) ?? groupTitle(row, grouping);
    titles.set(row.id, title);
    const group = groups.get(title);
    if (group) group.push(row);
    else groups.set(title, [row]);
  }
  return groups;
}

function groupTitle(row: ResourceRow, grouping: Grouping): string {
  if (grouping === 'none') return '';
  if (row.isFavourite) return FAVOURITES;
  if (grouping === 'type') return row.typeName ?? '';
  return [row.siteName, row.floorName].filter((it) => it !== null).join(' › ');
}

function toRules(wire: WireRules): ResourceRules {
  return {
    minDuration: minutes(wire.minDuration),
    maxDuration: minutes(wire.maxDuration),
    slotStep: minutes(wire.slotStep) || 15,
    minNotice: minutes(wire.minNotice),
    horizon: minutes(wire.horizon),
    bufferBefore: minutes(wire.bufferBefore),
    bufferAfter: minutes(wire.bufferAfter),
    needsApproval: wire.approval,
    mayLeaveOpenHours: wire.mayLeaveOpenHours,
  };
}

function minutes(duration: string): number {
  return parseDuration(duration) ?? 0;
}

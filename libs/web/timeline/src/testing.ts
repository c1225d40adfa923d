import type { Bar } from './rows/bar';
import type { ResourceRow, ResourceRules } from './rows/catalogue';
import type { RowContent, TileAnswer } from './rows/row-board';

const MINUTE = 60_000;

/** Epoch milliseconds of a time on Tuesday 24 November 2026 in Berlin (UTC+1), or of an RFC 3339 instant. */
export function at(time: string): number {
  return Date.parse(time.includes('T') ? time : `2026-11-24T${time}:00+01:00`);
}

export const openRules: ResourceRules = {
  minDuration: 15,
  maxDuration: 1440,
  slotStep: 15,
  minNotice: 0,
  horizon: 90 * 1440,
  bufferBefore: 0,
  bufferAfter: 0,
  needsApproval: false,
  mayLeaveOpenHours: false,
};

let nextBar = 1;

/** A confirmed booking of somebody else, from one time of the test day to another. */
export function aBar(start: string, end: string, given: Partial<Bar> = {}): Bar {
  return {
    id: `bar-${nextBar++}`,
    start: at(start),
    end: at(end),
    heldStart: at(start),
    heldEnd: at(end),
    status: 'confirmed',
    title: 'Stand-up',
    organizer: 'Jo Meyer',
    mine: false,
    quantity: 1,
    version: 1,
    expiresAt: null,
    ...given,
  };
}

export function aRow(given: Partial<Omit<ResourceRow, 'rules'>> & { readonly rules?: Partial<ResourceRules> } = {}): ResourceRow {
  return {
    id: 'turing',
    name: 'Turing',
    typeKey: 'room',
    typeName: 'Room',
    siteId: 'berlin',
    siteName: 'Berlin',
    floorName: '3rd',
    parentId: null,
    depth: 0,
    capacity: 12,
    units: 1,
    status: 'available',
    bookable: true,
    zone: 'Europe/Berlin',
    tags: ['display'],
    isFavourite: false,
    ...given,
    rules: { ...openRules, ...given.rules },
  };
}

export function contentOf(given: Partial<RowContent> = {}): RowContent {
  return {
    bars: [],
    closed: [],
    blackouts: [],
    loaded: [{ start: 0, end: at('2030-01-01T00:00:00Z') }],
    flashing: new Set(),
    sent: new Set(),
    ...given,
  };
}

/** An answer of `GET /availability` for these bars by resource. */
export function aTile(from: string, to: string, rows: Readonly<Record<string, readonly Bar[]>>, seq = 1): TileAnswer {
  const start = Date.parse(from);
  const seconds = (time: number) => (time - start) / 1000;
  const all = Object.values(rows).flatMap((bars, resource) => bars.map((bar) => ({ bar, resource })));
  return {
    from,
    to,
    seq,
    resources: Object.keys(rows),
    others: all.flatMap(({ bar }) => bar.through ?? []),
    closed: Object.keys(rows).map(() => []),
    blackouts: Object.keys(rows).map(() => []),
    assigned: Object.keys(rows).map(() => []),
    bars: {
      id: all.map((it) => it.bar.id),
      resource: all.map((it) => it.resource),
      through: all.map((it, index) => (it.bar.through ? all.slice(0, index).filter((other) => other.bar.through).length : -1)),
      start: all.map((it) => seconds(it.bar.start)),
      end: all.map((it) => seconds(it.bar.end)),
      heldStart: all.map((it) => seconds(it.bar.heldStart)),
      heldEnd: all.map((it) => seconds(it.bar.heldEnd)),
      status: all.map((it) => it.bar.status),
      title: all.map((it) => it.bar.title),
      organizer: all.map((it) => it.bar.organizer),
      mine: all.map((it) => (it.bar.mine ? 1 : 0)),
      lane: all.map(() => 0),
      quantity: all.map((it) => it.bar.quantity),
      version: all.map((it) => it.bar.version),
      expiresAt: all.map((it) => (it.bar.expiresAt === null ? null : new Date(it.bar.expiresAt).toISOString())),
    },
  };
}

export const minutes = (count: number): number => count * MINUTE;

import { signal, type Signal, type WritableSignal } from '@angular/core';
import { isLeaving, overlaps, takesTime, type Bar, type Blackout, type OtherResource, type Span } from './bar';

/** What is known of one resource in the loaded weeks. */
export interface RowContent {
  /** By start. */
  readonly bars: readonly Bar[];
  /** Closed time, in order, apart from each other. */
  readonly closed: readonly Span[];
  readonly blackouts: readonly Blackout[];
  /** Loaded time, in order. */
  readonly loaded: readonly Span[];
  /** Bars that were just changed by somebody else and flash. */
  readonly flashing: ReadonlySet<string>;
  /** Bars that stand where I want them while the server has not answered. */
  readonly sent: ReadonlySet<string>;
}

/** Answer of `GET /availability`: columns of numbers, whole seconds after `from`. */
export interface TileAnswer {
  readonly from: string;
  readonly to: string;
  readonly seq: number;
  readonly resources: readonly string[];
  /** Booked wholes and parts of the resources. */
  readonly others: readonly OtherResource[];
  /** Start, end, start, end … for each resource. */
  readonly closed: readonly (readonly number[])[];
  readonly blackouts: readonly (readonly { readonly start: number; readonly end: number; readonly reason: string | null }[])[];
  /** Time that is another person's own. */
  readonly assigned: readonly (readonly { readonly start: number; readonly end: number; readonly person: string | null }[])[];
  readonly bars: {
    readonly id: readonly string[];
    readonly resource: readonly number[];
    /** Index into `others`, -1 where the resource was booked itself. */
    readonly through: readonly number[];
    readonly start: readonly number[];
    readonly end: readonly number[];
    readonly heldStart: readonly number[];
    readonly heldEnd: readonly number[];
    readonly status: readonly string[];
    readonly title: readonly (string | null)[];
    readonly organizer: readonly (string | null)[];
    readonly mine: readonly (0 | 1)[];
    readonly lane: readonly number[];
    readonly quantity: readonly number[];
    readonly version: readonly number[];
    readonly expiresAt: readonly (string | null)[];
  };
}

/** A bar as an event of the stream tells it. */
export interface BarChange {
  readonly bar: Bar;
  readonly resourceIds: readonly string[];
  /** Position in the stream; an answer that is younger already contains the change. */
  readonly seq: number;
}

const EMPTY: RowContent = { bars: [], closed: [], blackouts: [], loaded: [], flashing: new Set(), sent: new Set() };

/** Changes remembered so that an answer asked for earlier does not undo them. */
const CHANGES_KEPT = 500;

/** One signal for each row, so that a change renders the rows it touches and no other. */
export class RowBoard {
  private readonly rows = new Map<string, WritableSignal<RowContent>>();
  private readonly places = new Map<string, Set<string>>();
  private readonly leaving = new Map<string, number>();
  private changes: BarChange[] = [];
  private readonly nextEnd = signal<number | null>(null);

  /** When the next cancelled bar gives its time back, epoch milliseconds: nobody tells that, so it has to be looked after. */
  readonly nextRelease = this.nextEnd.asReadonly();

  content(resourceId: string): Signal<RowContent> {
    return this.row(resourceId);
  }

  /** Takes in a tile: what was known of its span is replaced. */
  put(answer: TileAnswer): void {
    const from = Date.parse(answer.from);
    const tile: Span = { start: from, end: Date.parse(answer.to) };
    const bars = barsOf(answer, from);
    answer.resources.forEach((id, index) => {
      this.row(id).update((row) => withTile(row, tile, bars[index]!, closedOf(answer, index, from), blackoutsOf(answer, index, from)));
      for (const bar of bars[index]!) this.remember(bar, id);
    });
    this.lookAhead();
    for (const change of this.changes) if (change.seq > answer.seq) this.place(change, false);
  }

  /**
   * Shows a change told by the stream where it was booked; what it means for wholes and parts a tile tells.
   * @returns whether any row was touched
   */
  apply(change: BarChange, flashes: boolean): boolean {
    this.changes.push(change);
    if (this.changes.length > 2 * CHANGES_KEPT) this.changes = this.changes.slice(-CHANGES_KEPT);
    return this.place(change, flashes);
  }

  /** A bar where it was booked. */
  find(barId: string): { readonly bar: Bar; readonly resourceId: string } | undefined {
    let shared: { readonly bar: Bar; readonly resourceId: string } | undefined;
    for (const resourceId of this.places.get(barId) ?? []) {
      const bar = this.row(resourceId)().bars.find((it) => it.id === barId);
      if (bar && bar.through === undefined) return { bar, resourceId };
      if (bar) shared = { bar, resourceId };
    }
    return shared;
  }

  /**
   * Shows a bar where I want it, marked as sent; what stands in several rows and stays in one of them stays in all.
   * @returns puts everything back as it was
   */
  preview(bar: Bar, resourceId: string): () => void {
    const before = [...(this.places.get(bar.id) ?? [])].flatMap((id) =>
      this.row(id)()
        .bars.filter((it) => it.id === bar.id)
        .map((copy) => ({ id, copy })),
    );
    this.remove(bar.id);
    if (!before.some((it) => it.id === resourceId)) this.insert(bar, resourceId, { sent: true });
    else for (const { id, copy } of before) this.insert({ ...bar, through: copy.through, quantity: copy.quantity }, id, { sent: true });
    return () => {
      this.remove(bar.id);
      for (const { id, copy } of before) this.insert(copy, id, {});
    };
  }

  /** Ends the flash of these bars. */
  calm(barIds: readonly string[]): void {
    const ids = new Set(barIds);
    for (const row of this.rowsOf(barIds)) row.update((it) => ({ ...it, flashing: without(it.flashing, ids) }));
  }

  /** Takes away what was cancelled and could be taken back until then. */
  release(until: number): void {
    for (const [id, end] of this.leaving) if (end <= until) this.remove(id);
    this.lookAhead();
  }

  /** What is shown may be out of date: it stays, and counts as not loaded. */
  expire(): void {
    for (const row of this.rows.values()) row.update((it) => ({ ...it, loaded: [] }));
  }

  private place(change: BarChange, flashes: boolean): boolean {
    const known = this.find(change.bar.id)?.bar;
    if (known && known.version > change.bar.version) return false;
    const copies = this.throughCopies(change);
    const wasHere = this.remove(change.bar.id);
    let placed = wasHere;
    if (takesTime(change.bar)) {
      // Events carry no name of the organizer; a tile may have told it.
      const bar = { ...change.bar, organizer: change.bar.organizer ?? known?.organizer ?? null };
      for (const [id, copy] of copies) this.insert({ ...bar, through: copy.through, quantity: copy.quantity }, id, { flashes });
      for (const id of change.resourceIds.filter((it) => this.rows.has(it))) {
        this.insert(bar, id, { flashes });
        placed = true;
      }
    }
    this.lookAhead();
    return placed;
  }

  /** Where the bar is shown through a resource it is still booked on; it goes along until the next tile says otherwise. */
  private throughCopies({ bar, resourceIds }: BarChange): Map<string, Bar> {
    const copies = new Map<string, Bar>();
    for (const id of this.places.get(bar.id) ?? []) {
      const copy = this.row(id)().bars.find((it) => it.id === bar.id);
      if (copy?.through && resourceIds.includes(copy.through.resourceId ?? '')) copies.set(id, copy);
    }
    return copies;
  }

  private insert(bar: Bar, resourceId: string, mark: { readonly flashes?: boolean; readonly sent?: boolean }): void {
    this.remember(bar, resourceId);
    this.row(resourceId).update((row) => ({
      ...row,
      bars: sorted([...row.bars.filter((it) => it.id !== bar.id && !isHoldTurnedInto(it, bar)), bar]),
      flashing: mark.flashes ? new Set([...row.flashing, bar.id]) : row.flashing,
      sent: mark.sent ? new Set([...row.sent, bar.id]) : without(row.sent, new Set([bar.id])),
    }));
  }

  private remove(barId: string): boolean {
    const rows = this.rowsOf([barId]);
    const ids = new Set([barId]);
    for (const row of rows) {
      row.update((it) => ({
        ...it,
        bars: it.bars.filter((bar) => bar.id !== barId),
        flashing: without(it.flashing, ids),
        sent: without(it.sent, ids),
      }));
    }
    this.places.delete(barId);
    this.leaving.delete(barId);
    return rows.length > 0;
  }

  private remember(bar: Bar, resourceId: string): void {
    const rows = this.places.get(bar.id);
    if (rows) rows.add(resourceId);
    else this.places.set(bar.id, new Set([resourceId]));
    if (isLeaving(bar)) this.leaving.set(bar.id, bar.expiresAt ?? 0);
    else this.leaving.delete(bar.id);
  }

  private lookAhead(): void {
    this.nextEnd.set(this.leaving.size === 0 ? null : Math.min(...this.leaving.values()));
  }

  private rowsOf(barIds: readonly string[]): WritableSignal<RowContent>[] {
    return [...new Set(barIds.flatMap((id) => [...(this.places.get(id) ?? [])]))].map((id) => this.row(id));
  }

  private row(resourceId: string): WritableSignal<RowContent> {
    let row = this.rows.get(resourceId);
    if (!row) this.rows.set(resourceId, (row = signal(EMPTY)));
    return row;
  }
}

/** The time between bars, blackouts and closed hours that holds the instant; undefined when it is not free. */
export function freeSpanAt(row: RowContent, time: number, within: Span): Span | undefined {
  const taken: Span[] = [...row.bars.map((it) => ({ start: it.heldStart, end: it.heldEnd })), ...row.blackouts, ...row.closed];
  let { start, end } = within;
  for (const span of taken) {
    if (span.start <= time && time < span.end) return undefined;
    if (span.end <= time && span.end > start) start = span.end;
    if (span.start > time && span.start < end) end = span.start;
  }
  return { start, end };
}

/** How many units of the row are in use at the instant. */
export function unitsInUse(row: RowContent, time: number): number {
  return row.bars.reduce((sum, bar) => (bar.heldStart <= time && time < bar.heldEnd ? sum + bar.quantity : sum), 0);
}

/** Whether the instant can be booked as far as bars, blackouts and hours go. */
export function isFreeAt(row: RowContent, units: number, time: number): boolean {
  const blocked = [...row.closed, ...row.blackouts].some((it) => it.start <= time && time < it.end);
  return !blocked && unitsInUse(row, time) < units;
}

function withTile(row: RowContent, tile: Span, bars: readonly Bar[], closed: readonly Span[], blackouts: readonly Blackout[]): RowContent {
  const fresh = new Set(bars.map((it) => it.id));
  return {
    ...row,
    bars: sorted([...row.bars.filter((it) => !fresh.has(it.id) && !overlaps(it, tile)), ...bars]),
    closed: joined([...row.closed.flatMap((it) => outside(it, tile)), ...closed]),
    blackouts: [
      ...row.blackouts.filter((it) => !blackouts.some((other) => isAlike(other, it) && overlaps(other, it)) && !overlaps(it, tile)),
      ...blackouts,
    ],
    loaded: joined([...row.loaded, tile]),
  };
}

/** Whether two are pieces of one blackout, as far as can be told. */
const isAlike = (a: Blackout, b: Blackout): boolean => a.reason === b.reason && a.assigned?.person === b.assigned?.person;

function barsOf(answer: TileAnswer, from: number): Bar[][] {
  const rows: Bar[][] = answer.resources.map(() => []);
  const seen = answer.resources.map(() => new Set<string>());
  const { bars } = answer;
  for (let index = 0; index < bars.id.length; index++) {
    const expiry = bars.expiresAt[index];
    const resource = bars.resource[index]!;
    // A reservation of several units may be told once for each of them.
    if (seen[resource]!.has(bars.id[index]!)) continue;
    seen[resource]!.add(bars.id[index]!);
    const through = answer.others[bars.through[index]!];
    rows[resource]!.push({
      id: bars.id[index]!,
      start: from + bars.start[index]! * 1000,
      end: from + bars.end[index]! * 1000,
      heldStart: from + bars.heldStart[index]! * 1000,
      heldEnd: from + bars.heldEnd[index]! * 1000,
      status: bars.status[index]!,
      title: bars.title[index]!,
      organizer: bars.organizer[index]!,
      mine: bars.mine[index] === 1,
      quantity: bars.quantity[index] ?? 1,
      version: bars.version[index] ?? 1,
      expiresAt: expiry ? Date.parse(expiry) : null,
      ...(through && { through }),
    });
  }
  return rows;
}

function closedOf(answer: TileAnswer, index: number, from: number): Span[] {
  const flat = answer.closed[index] ?? [];
  const spans: Span[] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) spans.push({ start: from + flat[i]! * 1000, end: from + flat[i + 1]! * 1000 });
  return spans;
}

function blackoutsOf(answer: TileAnswer, index: number, from: number): Blackout[] {
  const timeOf = (it: { readonly start: number; readonly end: number }): Span => ({
    start: from + it.start * 1000,
    end: from + it.end * 1000,
  });
  return [
    ...(answer.blackouts[index] ?? []).map((it) => ({ ...timeOf(it), reason: it.reason })),
    ...(answer.assigned[index] ?? []).map((it) => ({ ...timeOf(it), reason: null, assigned: { person: it.person } })),
  ];
}

/** My hold on the very time that is now mine: the booking took its place. */
function isHoldTurnedInto(hold: Bar, bar: Bar): boolean {
  return hold.status === 'held' && bar.status !== 'held' && hold.start === bar.start && hold.end === bar.end;
}

function sorted(bars: Bar[]): Bar[] {
  return bars.sort((a, b) => a.start - b.start || a.end - b.end);
}

function joined(spans: Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && span.start <= last.end) result[result.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else result.push(span);
  }
  return result;
}

function outside(span: Span, cut: Span): Span[] {
  return [
    { start: span.start, end: Math.min(span.end, cut.start) },
    { start: Math.max(span.start, cut.end), end: span.end },
  ].filter((it) => it.start < it.end);
}

function without(set: ReadonlySet<string>, gone: ReadonlySet<string>): ReadonlySet<string> {
  return set.size === 0 ? set : new Set([...set].filter((it) => !gone.has(it)));
}

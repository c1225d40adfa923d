/** A block of resources and a week of time: the unit in which bars are asked for, kept and thrown away. */
export interface Tile {
  /** Index of the first resource of the block, in multiples of `TILE_ROWS`. */
  readonly block: number;
  /** Civil date the week begins on. */
  readonly week: string;
}

/** Neighbouring weeks of one block, asked for at once. */
export interface TileRequest {
  readonly block: number;
  readonly weeks: readonly string[];
}

export const TILE_ROWS = 50;

/** How many requests run at once; the rest waits, and is forgotten when it is scrolled away before its turn. */
export const REQUESTS_AT_ONCE = 3;

/** A month and the weeks it cuts, so that the month view is one request a block. */
const WEEKS_A_REQUEST = 6;

export type TileState = 'loading' | 'ready' | 'failed';

/**
 * Asks for tiles when they come into view: each one once, nearest first, cancelled when it is out of view again before
 * the answer is there.
 */
export class TileLoader {
  private readonly states = new Map<string, TileState>();
  private readonly running = new Map<TileRequest, AbortController>();
  private waiting: TileRequest[] = [];

  constructor(
    private readonly fetch: (request: TileRequest, signal: AbortSignal) => Promise<void>,
    private readonly changed: () => void,
  ) {}

  stateOf(tile: Tile): TileState | undefined {
    return this.states.get(keyOf(tile));
  }

  get isBusy(): boolean {
    return this.running.size > 0 || this.waiting.length > 0;
  }

  /** Loads what is wanted and not there; drops every request that serves none of it. */
  want(blocks: readonly number[], weeks: readonly string[]): void {
    const wanted = new Set(blocks.flatMap((block) => weeks.map((week) => keyOf({ block, week }))));
    for (const [request, controller] of this.running) {
      if (!request.weeks.some((week) => wanted.has(keyOf({ block: request.block, week })))) {
        controller.abort();
        this.settle(request, undefined);
      }
    }
    this.waiting.forEach((request) => this.mark(request, undefined));
    this.waiting = blocks.flatMap((block) => this.missing(block, weeks));
    this.waiting.forEach((request) => this.mark(request, 'loading'));
    this.next();
  }

  /** Makes failed tiles askable again. */
  forgetFailures(): void {
    for (const [key, state] of this.states) if (state === 'failed') this.states.delete(key);
  }

  get hasReady(): boolean {
    return [...this.states.values()].includes('ready');
  }

  get hasFailed(): boolean {
    return [...this.states.values()].includes('failed');
  }

  /** Forgets everything, so that the next `want` asks again. */
  clear(): void {
    for (const controller of this.running.values()) controller.abort();
    this.running.clear();
    this.waiting = [];
    this.states.clear();
  }

  private missing(block: number, weeks: readonly string[]): TileRequest[] {
    const requests: TileRequest[] = [];
    let run: string[] = [];
    for (const week of [...weeks, undefined]) {
      const state = week === undefined ? undefined : this.stateOf({ block, week });
      const isMissing = week !== undefined && state === undefined;
      if (isMissing) run.push(week);
      if (run.length > 0 && (!isMissing || run.length === WEEKS_A_REQUEST)) {
        requests.push({ block, weeks: run });
        run = [];
      }
    }
    return requests;
  }

  private next(): void {
    while (this.running.size < REQUESTS_AT_ONCE) {
      const request = this.waiting.shift();
      if (!request) break;
      void this.run(request);
    }
    this.changed();
  }

  private async run(request: TileRequest): Promise<void> {
    const controller = new AbortController();
    this.running.set(request, controller);
    try {
      await this.fetch(request, controller.signal);
      if (!controller.signal.aborted) this.settle(request, 'ready');
    } catch {
      if (!controller.signal.aborted) this.settle(request, 'failed');
    }
    if (!controller.signal.aborted) this.next();
  }

  private settle(request: TileRequest, state: TileState | undefined): void {
    this.running.delete(request);
    this.mark(request, state);
  }

  private mark(request: TileRequest, state: TileState | undefined): void {
    for (const week of request.weeks) {
      const key = keyOf({ block: request.block, week });
      if (state) this.states.set(key, state);
      else this.states.delete(key);
    }
  }
}

/** The blocks that cover resources `first` to `end`, the middle one first. */
export function blocksOf(first: number, end: number): number[] {
  if (end <= first) return [];
  const from = Math.floor(first / TILE_ROWS);
  const to = Math.floor((end - 1) / TILE_ROWS);
  const middle = (first + end - 1) / 2 / TILE_ROWS - 0.5;
  return Array.from({ length: to - from + 1 }, (_, index) => from + index).sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
}

function keyOf(tile: Tile): string {
  return `${tile.block}|${tile.week}`;
}

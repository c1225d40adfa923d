import { type Interval, overlaps } from '@berth/kernel';

interface Turn {
  readonly span: Interval;
  readonly over: Promise<void>;
}

/** All time: its turn waits for every other, and every other for it. */
export const ALWAYS: Interval = { start: new Date(-8.64e15), end: new Date(8.64e15) };

/**
 * Lets one at a time in for each resource and time, first come first served, within this process. Waiting here costs a
 * promise; waiting in the database would cost a connection and a lock queue that times out.
 */
export class Turns {
  private readonly turns = new Map<string, Turn[]>();

  /** @param work is told whether it had to wait for another */
  take<T>(key: string, span: Interval, work: (waited: boolean) => Promise<T>): Promise<T> {
    return this.takeEach([key], span, work);
  }

  /** A turn for all time on each of several. */
  takeAll<T>(keys: readonly string[], work: (waited: boolean) => Promise<T>): Promise<T> {
    return this.takeEach([...new Set(keys)], ALWAYS, work);
  }

  /**
   * Takes its place in every queue at the same moment: everybody comes in one order, so nobody waits in a circle, and
   * nobody keeps others from one thing while first beginning to wait for the next.
   */
  private async takeEach<T>(keys: readonly string[], span: Interval, work: (waited: boolean) => Promise<T>): Promise<T> {
    let end = (): void => undefined;
    const mine: Turn = { span, over: new Promise((resolve) => (end = resolve)) };
    for (const key of keys) this.join(key, mine);
    try {
      let waited = false;
      for (const key of keys) waited = (await this.reached(key, mine)) || waited;
      return await work(waited);
    } finally {
      for (const key of keys) this.leave(key, mine);
      end();
    }
  }

  private join(key: string, mine: Turn): void {
    const turns = this.turns.get(key) ?? [];
    turns.push(mine);
    this.turns.set(key, turns);
  }

  private leave(key: string, mine: Turn): void {
    const turns = this.turns.get(key) ?? [];
    turns.splice(turns.indexOf(mine), 1);
    if (turns.length === 0) this.turns.delete(key);
  }

  /**
   * Waits for those who came before and want some of the same time, the last of them first: by then most are over.
   * @returns whether there was anybody to wait for
   */
  private async reached(key: string, mine: Turn): Promise<boolean> {
    for (let waited = false; ; waited = true) {
      const turns = this.turns.get(key) ?? [];
      const before = turns.slice(0, turns.indexOf(mine)).findLast((it) => overlaps(it.span, mine.span));
      if (!before) return waited;
      await before.over;
    }
  }
}

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
  async take<T>(key: string, span: Interval, work: (waited: boolean) => Promise<T>): Promise<T> {
    const turns = this.turns.get(key) ?? [];
    this.turns.set(key, turns);
    let end = (): void => undefined;
    const mine: Turn = { span, over: new Promise((resolve) => (end = resolve)) };
    turns.push(mine);
    try {
      return await work(await this.reached(turns, mine));
    } finally {
      turns.splice(turns.indexOf(mine), 1);
      if (turns.length === 0) this.turns.delete(key);
      end();
    }
  }

  /** A turn for all time on each of several, taken in the order of their names, so that nobody waits in a circle. */
  async takeAll<T>(keys: readonly string[], work: (waited: boolean) => Promise<T>): Promise<T> {
    const sorted = [...new Set(keys)].sort();
    const from = (index: number, waitedBefore: boolean): Promise<T> => {
      const key = sorted[index];
      if (key === undefined) return work(waitedBefore);
      return this.take(key, ALWAYS, (waited) => from(index + 1, waited || waitedBefore));
    };
    return from(0, false);
  }

  /**
   * Waits for those who came before and want some of the same time, the last of them first: by then most are over.
   * @returns whether there was anybody to wait for
   */
  private async reached(turns: readonly Turn[], mine: Turn): Promise<boolean> {
    for (let waited = false; ; waited = true) {
      const before = turns.slice(0, turns.indexOf(mine)).findLast((it) => overlaps(it.span, mine.span));
      if (!before) return waited;
      await before.over;
    }
  }
}

/**
 * Lets one at a time in for each key, first come first served, within this process. Waiting here costs a promise;
 * waiting in the database would cost a connection and a lock queue that times out.
 */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    // What waits for this turn must not fail with it.
    const over = mine.then(
      () => undefined,
      () => undefined,
    );
    this.last.set(key, over);
    void over.then(() => {
      if (this.last.get(key) === over) this.last.delete(key);
    });
    return mine;
  }
}

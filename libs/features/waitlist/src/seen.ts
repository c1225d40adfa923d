/**
 * What was read for one who waits, for the others who wait for the same: a popular time is read once and not once for each. Who is found
 * something is given it under locks, and what is freed meanwhile is an opening of its own; so it may be a moment old.
 */
export class Seen {
  private readonly kept = new Map<string, Promise<unknown>>();

  /** @param key what the answer depends on, as JSON */
  once<T>(key: readonly unknown[], read: () => Promise<T>): Promise<T> {
    const name = JSON.stringify(key);
    const known = this.kept.get(name) as Promise<T> | undefined;
    if (known) return known;
    const reading = read();
    this.kept.set(name, reading);
    return reading;
  }

  /** Something may have been given: the next look reads anew. */
  forget(): void {
    this.kept.clear();
  }
}

import { LRUCache } from 'lru-cache';
import type pg from 'pg';
import type { Statement } from './sql';

/** From so many times on a statement is prepared; rarer ones are not worth the memory each connection keeps a plan in. */
const OFTEN = 20;
/** Texts differ by filter and by the number of words sought: they cannot be made to fill the server's memory. */
const PREPARED_AT_MOST = 256;

/**
 * Gives names to the statements this process sends most, so that PostgreSQL parses and plans them once a connection and
 * not each time: for what is asked most, that is more work than doing it.
 */
export class HotStatements {
  private readonly sent = new LRUCache<string, number>({ max: 1_000 });
  private readonly names = new Map<string, string>();

  /** A statement as the driver takes it; of one that is sent often with a name. */
  query(statement: Statement): pg.QueryConfig {
    const { text, values } = statement.compile();
    const name = this.names.get(text) ?? this.named(text);
    return name === undefined ? { text, values } : { name, text, values };
  }

  private named(text: string): string | undefined {
    if (this.names.size >= PREPARED_AT_MOST) return undefined;
    const times = (this.sent.get(text) ?? 0) + 1;
    if (times < OFTEN) {
      this.sent.set(text, times);
      return undefined;
    }
    this.sent.delete(text);
    const name = `hot_${this.names.size}`;
    this.names.set(text, name);
    return name;
  }
}

/** SQL text with bound values; fragments compose by nesting one in another. Values never become text. */
export class Statement {
  constructor(
    private readonly strings: readonly string[],
    private readonly parts: readonly unknown[],
  ) {}

  /** Text with `$1…` and the values in order, as the driver takes them. */
  compile(): { text: string; values: unknown[] } {
    const values: unknown[] = [];
    return { text: this.write(values), values };
  }

  private write(values: unknown[]): string {
    let text = this.strings[0] ?? '';
    this.parts.forEach((part, i) => {
      text += part instanceof Statement ? part.write(values) : `$${values.push(part)}`;
      text += this.strings[i + 1] ?? '';
    });
    return text;
  }
}

/** Builds a statement: `` sql`select * from site where id = ${id}` ``. */
export const sql = (strings: TemplateStringsArray, ...parts: unknown[]): Statement => new Statement(strings, parts);

/** Nothing, where a fragment is optional. */
export const nothing = sql``;

/** Fragments one after another with a separator between them; the separator is text of ours, never of a caller. */
export function join(fragments: readonly Statement[], separator: ' and ' | ' or ' | ', ' | ' union all '): Statement {
  if (fragments.length === 0) return nothing;
  return new Statement(['', ...Array.from({ length: fragments.length - 1 }, () => separator), ''], fragments);
}

/**
 * Statements that write, in one round trip: the rows are those of the last. Each sees what was there before; what they refer
 * to among themselves is checked when all of them are done.
 */
export function allAtOnce(statements: readonly Statement[]): Statement {
  const last = statements.length - 1;
  return new Statement(
    statements.map((_, i) => (i === 0 ? (last > 0 ? 'with s0 as (' : '') : i === last ? ') ' : `), s${i} as (`)).concat(''),
    statements,
  );
}

/** Runs statements; rows as the driver gives them (`timestamptz` is a `Date`, `bigint` a number). */
export interface Sql {
  sql<Row extends object>(strings: TemplateStringsArray, ...parts: unknown[]): Promise<Row[]>;
  run<Row extends object>(statement: Statement): Promise<Row[]>;
}

/** Runs statements inside a transaction; a function that takes one cannot be called outside. */
export interface Tx extends Sql {
  readonly organizationId: string | null;
  readonly inTransaction: true;
  /** Called once the transaction has committed; never when it has not. */
  afterCommit(tell: () => void): void;
}

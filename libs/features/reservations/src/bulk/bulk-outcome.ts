import { type FieldError, Problem } from '@berth/contracts';
import { titleOf } from '@berth/platform/http';

/** The body of a problem, without what belongs to one answer alone. */
export interface ItemProblem {
  readonly code: string;
  readonly title: string;
  readonly status: number;
  readonly [extension: string]: unknown;
}

/** What became of one item, as the route for a single one would have answered. */
export interface ItemResult<T> {
  readonly index: number;
  readonly status: number;
  readonly data?: T;
  readonly problem?: ItemProblem;
}

export interface BulkOutcome<T> {
  readonly results: readonly ItemResult<T>[];
  readonly summary: { readonly total: number; readonly succeeded: number; readonly failed: number };
}

export const outcomeOf = <T>(results: readonly ItemResult<T>[]): BulkOutcome<T> => {
  const failed = results.filter((it) => it.problem).length;
  return { results, summary: { total: results.length, succeeded: results.length - failed, failed } };
};

export const itemProblem = (problem: Problem, language: string): ItemProblem => {
  const { retryAfter: _, ...extensions } = problem.extensions as Record<string, unknown>;
  return { code: problem.code, title: titleOf(problem.code, language), status: problem.status, ...extensions };
};

/**
 * One problem for a whole that failed by some of its items: of the kind of the first, with a pointer for each.
 * @param list where the items stand in the request
 */
export function problemOfItems(failed: ReadonlyMap<number, Problem>, list: '/items' | '/ids', language: string): Problem {
  const sorted = [...failed].toSorted(([a], [b]) => a - b);
  const [, first] = sorted[0]!;
  return new Problem(first.code, {
    ...first.extensions,
    detail: `${sorted.length === 1 ? 'One item keeps' : `${sorted.length} items keep`} the rest from being done; nothing was changed.`,
    errors: sorted.flatMap(([index, problem]) => errorsOf(problem, `${list}/${index}`)),
    items: sorted.map(([index, problem]) => ({ index, problem: itemProblem(problem, language) })),
  });
}

function errorsOf(problem: Problem, pointer: string): FieldError[] {
  const own = (problem.extensions['errors'] as readonly FieldError[] | undefined) ?? [];
  if (own.length === 0) return [{ pointer, code: problem.code, detail: problem.message }];
  return own.map((it) => ({ ...it, pointer: `${pointer}${it.pointer}` }));
}

/** Raised inside a transaction that is only tried: it is rolled back, and this is what it would have done. */
export class Tried<T> extends Error {
  constructor(readonly results: T) {
    super('tried');
  }
}

import { violation } from './violation.mjs';

/**
 * I5: a refused booking left no row; the title of every booking is its key, so a row with the title of a refused one is its remnant.
 * What refused moves and cancels leave shows in I3 (range), I11 (events) and I9 (reads).
 * @type {import('./index.mjs').Invariant}
 */
export function failuresLeaveNothing(history) {
  const refused = new Map(
    history.operations.filter((it) => it.type === 'fail' && it.args.title).map((operation) => [operation.args.title, operation]),
  );
  const remnants = [
    ...history.final.map((row) => ({ row, evidence: [] })),
    ...history.operations
      .filter((it) => it.f === 'read' && it.type === 'ok')
      .flatMap((read) => read.result.rows.map((row) => ({ row, evidence: [read] }))),
  ];
  const reported = new Set();
  return remnants.flatMap(({ row, evidence }) => {
    const operation = row.title && refused.get(row.title);
    if (!operation || reported.has(row.id)) return [];
    reported.add(row.id);
    return [
      violation('I5', `refused with ${operation.result.code}, yet reservation ${row.id} exists (${row.status})`, operation, ...evidence),
    ];
  });
}

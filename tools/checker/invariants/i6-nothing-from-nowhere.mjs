import { violation } from './violation.mjs';

/**
 * I6: no reservation and no hold without an operation that may have made it, in the final table or in any read.
 * @type {import('./index.mjs').Invariant}
 */
export function nothingFromNowhere(history, lives) {
  const { operations, final } = history;
  const unheard = operations.filter((it) => it.type === 'info' && ['book', 'confirm', 'hold'].includes(it.f));
  const titles = new Set(unheard.map((it) => it.args.title).filter(Boolean));
  const unheardHold = unheard.some((it) => it.f === 'hold');
  // A restored or confirmed hold may keep its id or get a new one; both are known from answers.
  const explained = (row) =>
    lives.bookings.has(row.id) || lives.holds.has(row.id) || titles.has(row.title) || (row.status === 'held' && unheardHold);
  const refused = new Set(operations.filter((it) => it.type === 'fail' && it.args.title).map((it) => it.args.title));
  const shown = [
    ...final.map((row) => ({ row, evidence: [] })),
    ...operations
      .filter((it) => it.f === 'read' && it.type === 'ok')
      .flatMap((read) => read.result.rows.map((row) => ({ row, evidence: [read] }))),
  ];
  const reported = new Set();
  return shown.flatMap(({ row, evidence }) => {
    if (explained(row) || refused.has(row.title) || reported.has(row.id)) return [];
    reported.add(row.id);
    return [violation('I6', `${row.status} ${row.id} (${row.title ?? 'no title'}) was asked for by nobody`, ...evidence)];
  });
}

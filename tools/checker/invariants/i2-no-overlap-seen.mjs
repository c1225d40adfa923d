import { BLOCKING, overlaps } from '../history.mjs';
import { peak } from '../lives.mjs';
import { at, place, violation } from './violation.mjs';

/**
 * I2: no overlap beyond capacity among the rows of the final table, nor of any single read. Secondary to I1: most double bookings are gone
 * by the end.
 * @type {import('./index.mjs').Invariant}
 */
export function tablesNeverOverlap(history) {
  const { meta, operations, final } = history;
  const reads = operations.filter((it) => it.f === 'read' && it.type === 'ok' && it.result.complete);
  const tables = [
    { name: 'the final table', rows: final, evidence: [] },
    ...reads.map((read) => ({ name: `the read at ${read.inv} ns`, rows: read.result.rows, evidence: [read] })),
  ];
  return tables.flatMap(({ name, rows, evidence }) => {
    const found = firstOverlap(
      rows.filter((row) => BLOCKING.has(row.status)),
      meta,
    );
    return found ? [violation('I2', `${name} shows ${found}`, ...evidence)] : [];
  });
}

function firstOverlap(rows, meta) {
  for (const [leaf, capacity] of Object.entries(meta.leaves)) {
    const units = new Set(meta.units.filter((unit) => unit.leaves.includes(leaf)).map((unit) => unit.id));
    const claims = rows.filter((row) => units.has(row.unit)).map((row) => ({ quantity: 1, ...row }));
    for (const row of claims) {
      if (peak(claims, row) <= capacity) continue;
      const rivals = claims.filter((other) => overlaps(other, row));
      return `more than ${capacity} on leaf ${leaf} from ${at(row.start)}: ${rivals.map((it) => `${it.id} ${place(it)}`).join(', ')}`;
    }
  }
  return undefined;
}

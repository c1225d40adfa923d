import { violation } from './violation.mjs';

/**
 * I7: one effect per key. Every answer to one key names the same reservation, no two reservations carry one key, no two keys name the same
 * new reservation, and one hold becomes at most one reservation.
 * @type {import('./index.mjs').Invariant}
 */
export function oneEffectPerKey(history) {
  const { operations, final } = history;
  const made = operations.filter((it) => it.type === 'ok' && ['book', 'confirm', 'hold'].includes(it.f));
  const twice = (groups, say) =>
    [...groups]
      .filter(([, items]) => items.length > 1)
      .map(([name, items]) => violation('I7', say(name, items), ...items.filter((it) => it.f)));
  return [
    ...operations
      .filter((it) => new Set(it.result.answers ?? []).size > 1)
      .map((it) => violation('I7', `one key got different answers: ${[...new Set(it.result.answers)].join(', ')}`, it)),
    ...twice(
      Map.groupBy(
        final.filter((row) => row.title),
        (row) => row.title,
      ),
      (title, rows) => `key ${title} made ${rows.length} reservations: ${rows.map((row) => row.id).join(', ')}`,
    ),
    ...twice(
      Map.groupBy(
        made.filter((it) => it.f !== 'hold'),
        (it) => it.result.id,
      ),
      (id, items) => `reservation ${id} answers ${items.length} different keys`,
    ),
    ...twice(
      Map.groupBy(
        made.filter((it) => it.f === 'confirm'),
        (it) => it.args.hold,
      ),
      (hold, items) => `hold ${hold} became ${items.length} reservations`,
    ),
  ];
}

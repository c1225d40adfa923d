import { at, violation } from './violation.mjs';

/** How long the sweeper may take. */
const SWEEP_MS = 5000;

/**
 * I17: no read shows a hold that was released before the read began, or that expired more than the sweep before it.
 * @type {import('./index.mjs').Invariant}
 */
export function holdsVanish(history, lives) {
  const { meta, operations } = history;
  const given = new Map(
    operations
      .filter((it) => it.type === 'ok' && ['release', 'expire'].includes(it.f))
      .map((operation) => [operation.args.hold, operation]),
  );
  const reads = operations.filter((it) => it.f === 'read' && it.type === 'ok');
  return reads.flatMap((read) =>
    read.result.rows
      .filter((row) => row.status === 'held' && lives.holds.has(row.id))
      .flatMap((row) => {
        const hold = lives.holds.get(row.id).op;
        const gone = (hold.result.expiresAt + SWEEP_MS + meta.slackMs - meta.startedAt) * 1e6;
        const release = given.get(row.id);
        if (read.inv > gone)
          return [violation('I17', `hold ${row.id} expired at ${at(hold.result.expiresAt)} and is still shown`, hold, read)];
        if (release && read.inv > release.end)
          return [violation('I17', `hold ${row.id} was given back and is still shown`, hold, release, read)];
        return [];
      }),
  );
}

/** The order of test files: what takes long begins first, so that no worker is left waiting for another at the end. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Sequencer from '@jest/test-sequencer';

/** The rest is short, and ordered by the size of its files where Jest does not remember how long they took: in a fresh clone. */
const LONG = [
  'apps/api-e2e/fuzz.e2e.ts',
  'apps/api-e2e/history.e2e.ts',
  'apps/api-e2e/authorization.e2e.ts',
  'apps/api-e2e/sessions.e2e.ts',
  'apps/api-e2e/bundles.e2e.ts',
  'apps/api-e2e/oauth.e2e.ts',
  'apps/api-e2e/race.e2e.ts',
  'apps/api-e2e/lifecycle.e2e.ts',
  'libs/features/reservations/src/check-and-book.db.spec.ts',
  'tools/checker/checker.spec.mjs',
  'apps/api-e2e/doors-and-rules/doors-and-rules.db.spec.ts',
  'tools/fuzz/fuzz.spec.mjs',
  'libs/features/waitlist/src/waitlist-order.db.spec.ts',
  'libs/platform/queue/src/queue.db.spec.ts',
  'libs/scheduling/src/recurrence.oracle.spec.ts',
  'libs/platform/database/src/embedded.db.spec.ts',
  'libs/features/sign-on/src/sign-on.db.spec.ts',
  'libs/kernel/src/zoned-time.spec.ts',
  'libs/features/setup/src/demo-bookings.db.spec.ts',
  'libs/features/setup/src/demo-plan.spec.ts',
].map((file) => fileURLToPath(new URL(`../../${file}`, import.meta.url)));

const gone = LONG.filter((file) => !existsSync(file));
if (gone.length > 0) throw new Error(`tools/test-order names files that are gone: ${gone.join(', ')}`);

/** @param {{ path: string }} test */
const placeOf = ({ path }) => (LONG.includes(path) ? LONG.indexOf(path) : LONG.length);

export default class LongestFirst extends Sequencer {
  /** @param {{ path: string }[]} tests */
  sort(tests) {
    return super.sort(tests).toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}

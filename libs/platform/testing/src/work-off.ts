import type { DueWork, Queue } from '@berth/platform/queue';

/** Takes work and does none: specs do it themselves. */
export const silentQueue = (): Queue => ({ add: () => undefined, wake: () => undefined }) as unknown as Queue;

/** Does all of a work that is due now and becomes due by that, each at most once. @returns how much that was */
export async function workOff(work: DueWork): Promise<number> {
  const done = new Set<string>();
  for (;;) {
    const due = (await work.due(work.atOnce + done.size)).filter((id) => !done.has(id)).slice(0, work.atOnce);
    if (due.length === 0) return done.size;
    for (const id of due) done.add(id);
    await Promise.all(due.map((id) => work.execute(id, new AbortController().signal)));
  }
}

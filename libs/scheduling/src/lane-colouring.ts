import { overlaps, type Interval } from '@berth/kernel';

/** Something that needs one lane for all of its spans. */
export interface Job {
  /** In order and apart from each other. */
  readonly spans: readonly Interval[];
  /** The lane it is on, kept where possible; absent for what is new. */
  readonly prefers?: number;
  /** The lane it cannot leave. */
  readonly pinnedTo?: number;
}

/**
 * Steps before giving up. Without pinned jobs the first descent succeeds whenever anything does, one try a job;
 * with them the question is NP-complete, and a booking cannot wait for an answer to that.
 */
const MOST_TRIES = 20_000;

/**
 * A lane from 1 to `lanes` for each job, so that no two jobs overlap on one; undefined when there is no such choice, or
 * none was found in time. Greedy in order of start, which is optimal for intervals, with backtracking for pinned jobs.
 */
export function colour(jobs: readonly Job[], lanes: number): number[] | undefined {
  const rivals = jobs.map((job) => indicesWhere(jobs, (other) => other !== job && areRivals(job, other)));
  const chosen = jobs.map((it) => it.pinnedTo);
  const open = indicesWhere(jobs, (it) => it.pinnedTo === undefined);
  open.sort((a, b) => startOf(jobs[a]) - startOf(jobs[b]) || a - b);

  /** For each job that has a lane, the lanes it could still try. */
  const untried: number[][] = [];
  let tries = 0;
  for (let next = 0; next < open.length;) {
    const job = open[next] ?? 0;
    chosen[job] = undefined;
    untried[next] ??= freeLanes(jobs[job], lanes, new Set(rivals[job]?.map((it) => chosen[it])));
    chosen[job] = untried[next]?.shift();
    if (chosen[job] !== undefined) {
      next++;
    } else {
      untried.length = next;
      next--;
    }
    if (next < 0 || ++tries > MOST_TRIES) return undefined;
  }
  return chosen.map((it) => it ?? 0);
}

function freeLanes(job: Job | undefined, lanes: number, used: ReadonlySet<number | undefined>): number[] {
  const free = Array.from({ length: lanes }, (_, index) => index + 1).filter((it) => !used.has(it));
  const own = free.filter((it) => it === job?.prefers);
  return [...own, ...free.filter((it) => it !== job?.prefers)];
}

const areRivals = (a: Job, b: Job): boolean => a.spans.some((one) => b.spans.some((other) => overlaps(one, other)));

const indicesWhere = (jobs: readonly Job[], holds: (job: Job) => boolean): number[] =>
  jobs.map((_, index) => index).filter((index) => holds(jobs[index] as Job));

const startOf = (job: Job | undefined): number => job?.spans[0]?.start.getTime() ?? 0;

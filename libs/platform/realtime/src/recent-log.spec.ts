import type { LogEntry } from '@berth/platform/outbox';
import { RecentLog, REPLAY_MAX } from './recent-log';

const entry = (sequence: number): LogEntry => ({ sequence, organizationId: 'o' }) as LogEntry;
const numbers = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** A log of as many events, which counts how often it is read. */
function logOf(size: number) {
  const reads: [number, number][] = [];
  const since = async (_organization: string, after: number, limit: number): Promise<LogEntry[]> => {
    reads.push([after, limit]);
    return numbers(after + 1, Math.min(size, after + limit)).map(entry);
  };
  return { reads, since };
}

const seen = async (recent: RecentLog, after: number, upTo: number) => (await recent.between('o', after, upTo))?.map((it) => it.sequence);

describe('What has just happened', () => {
  it('is told to any number who come back without a look at the log', async () => {
    const log = logOf(100);
    const recent = new RecentLog(log);
    for (const it of numbers(41, 100)) recent.push(entry(it));

    expect(await seen(recent, 60, 100)).toEqual(numbers(61, 100));
    expect(recent.latest('o')).toBe(100);
    expect(log.reads).toEqual([]);
  });

  it('is read once for a thousand who come to a replica that was not there', async () => {
    const log = logOf(100);
    const recent = new RecentLog(log);
    recent.push(entry(100));

    const all = await Promise.all(Array.from({ length: 1_000 }, () => seen(recent, 20, 100)));

    expect(all.every((it) => it?.length === 80)).toBe(true);
    expect(await seen(recent, 30, 100)).toEqual(numbers(31, 100));
    expect(log.reads).toEqual([[20, 80]]);
  });

  it('goes on from what was read with what is told since', async () => {
    const log = logOf(100);
    const recent = new RecentLog(log);
    await seen(recent, 20, 100);
    for (const it of numbers(99, 105)) recent.push(entry(it));

    expect(await seen(recent, 90, 105)).toEqual(numbers(91, 105));
    expect(log.reads).toHaveLength(1);
  });

  it('is not told again where it is too much, and nobody reads it', async () => {
    const log = logOf(5_000);
    expect(await seen(new RecentLog(log), 1, REPLAY_MAX + 2)).toBeUndefined();
    expect(log.reads).toEqual([]);
  });

  it('is kept for the newest only, and without a gap', async () => {
    const log = logOf(10_000);
    const recent = new RecentLog(log);
    for (const it of numbers(1, 5_000)) recent.push(entry(it));
    expect(await seen(recent, 4_500, 5_000)).toEqual(numbers(4_501, 5_000));
    recent.push(entry(5_010));

    expect(await seen(recent, 5_000, 5_010)).toEqual(numbers(5_001, 5_010));
    expect(log.reads).toEqual([[5_000, 10]]);
  });
});

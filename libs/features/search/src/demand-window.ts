import { Problem } from '@berth/contracts';
import { type Interval, parseInstant } from '@berth/kernel';

/** The time between two instants already checked for form. @throws Problem `validation-failed` when it is empty or longer than that */
export function demandWindow(from: string, to: string, maxDays: number, pointer: string): Interval {
  const [start, end] = [parseInstant(from)!, parseInstant(to)!];
  if (end > start && end.getTime() - start.getTime() <= maxDays * 86_400_000) return { start, end };
  throw new Problem('validation-failed', {
    errors: [{ pointer, code: 'range', detail: `must be after from and at most ${maxDays} days later` }],
  });
}

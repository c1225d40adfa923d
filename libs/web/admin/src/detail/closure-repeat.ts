/** How a closure comes again, as far as a sentence says it. */
export type ClosureRepeat = 'none' | 'daily' | 'workdays' | 'weekly' | 'monthly' | 'yearly';

/** When it comes for the last time: on a civil date at the latest, after some times, or never. */
export type ClosureEnd =
  { readonly kind: 'never' } | { readonly kind: 'until'; readonly date: string } | { readonly kind: 'count'; readonly count: number };

/** The rule of each (RFC 5545); what a rule leaves out it takes from the first time. */
const RULES: Readonly<Record<Exclude<ClosureRepeat, 'none'>, string>> = {
  daily: 'FREQ=DAILY',
  workdays: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
  weekly: 'FREQ=WEEKLY',
  monthly: 'FREQ=MONTHLY',
  yearly: 'FREQ=YEARLY',
};

export const CLOSURE_REPEATS: readonly ClosureRepeat[] = ['none', 'daily', 'workdays', 'weekly', 'monthly', 'yearly'];

/** undefined for what is once. */
export function ruleOf(repeat: ClosureRepeat, ends: ClosureEnd): string | undefined {
  if (repeat === 'none') return undefined;
  if (ends.kind === 'count') return `${RULES[repeat]};COUNT=${ends.count}`;
  if (ends.kind === 'until') return `${RULES[repeat]};UNTIL=${ends.date.replaceAll('-', '')}`;
  return RULES[repeat];
}

/** Which of the sentences a rule is, and when it ends; undefined for one that only its own text says. */
export function repeatOf(rrule: string): { readonly repeat: ClosureRepeat; readonly ends: ClosureEnd } | undefined {
  const parts = rrule.split(';');
  const valueOf = (name: string): string | undefined => parts.find((it) => it.startsWith(`${name}=`))?.slice(name.length + 1);
  const [count, until] = [valueOf('COUNT'), valueOf('UNTIL')];
  const base = parts.filter((it) => !it.startsWith('COUNT=') && !it.startsWith('UNTIL=')).join(';');
  const repeat = CLOSURE_REPEATS.find((it) => ruleOf(it, { kind: 'never' }) === base);
  if (repeat === undefined) return undefined;
  if (count !== undefined) return { repeat, ends: { kind: 'count', count: Number(count) } };
  if (until === undefined) return { repeat, ends: { kind: 'never' } };
  return { repeat, ends: { kind: 'until', date: `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}` } };
}

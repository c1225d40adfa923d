/** How a closure comes again, as far as a sentence says it. */
export type ClosureRepeat = 'none' | 'daily' | 'workdays' | 'weekly' | 'monthly' | 'yearly';

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
export const ruleOf = (repeat: ClosureRepeat): string | undefined => (repeat === 'none' ? undefined : RULES[repeat]);

/** Which of the sentences a rule is; undefined for one that only its own text says. */
export const repeatOf = (rrule: string): ClosureRepeat | undefined => CLOSURE_REPEATS.find((it) => ruleOf(it) === rrule);

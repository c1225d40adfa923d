import { CLOSURE_REPEATS, repeatOf, ruleOf, type ClosureEnd } from './closure-repeat';

const ends: readonly ClosureEnd[] = [{ kind: 'never' }, { kind: 'until', date: '2026-12-24' }, { kind: 'count', count: 8 }];

describe('How a closure comes again', () => {
  it('is read back as the sentence and the end it was chosen by', () => {
    for (const repeat of CLOSURE_REPEATS.filter((it) => it !== 'none'))
      for (const end of ends) expect(repeatOf(ruleOf(repeat, end) ?? '')).toEqual({ repeat, ends: end });
  });

  it('is written as RFC 5545 has it', () => {
    expect(ends.map((it) => ruleOf('weekly', it))).toEqual(['FREQ=WEEKLY', 'FREQ=WEEKLY;UNTIL=20261224', 'FREQ=WEEKLY;COUNT=8']);
  });

  it('has no rule for once, and no sentence for a rule of somebody else', () => {
    expect(ruleOf('none', { kind: 'never' })).toBeUndefined();
    expect(repeatOf('FREQ=WEEKLY;INTERVAL=3;COUNT=4')).toBeUndefined();
  });
});

import { CLOSURE_REPEATS, repeatOf, ruleOf } from './closure-repeat';

describe('How a closure comes again', () => {
  it('is read back as the sentence it was chosen by', () => {
    for (const it of CLOSURE_REPEATS.filter((repeat) => repeat !== 'none')) expect(repeatOf(ruleOf(it) ?? '')).toBe(it);
  });

  it('has no rule for once, and no sentence for a rule of somebody else', () => {
    expect(ruleOf('none')).toBeUndefined();
    expect(repeatOf('FREQ=WEEKLY;INTERVAL=3;COUNT=4')).toBeUndefined();
  });
});

import { countdown } from './countdown';

describe('countdown', () => {
  it('counts whole seconds down and stops at nothing', () => {
    expect(countdown(1_800_000, 0)).toBe('30:00');
    expect(countdown(61_500, 0)).toBe('1:02');
    expect(countdown(1_000, 999)).toBe('0:01');
    expect(countdown(1_000, 5_000)).toBe('0:00');
  });
});

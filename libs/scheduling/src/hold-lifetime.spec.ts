import { holdUntil, isHoldAlive, refreshedUntil } from './hold-lifetime';

const created = new Date('2027-03-22T09:00:00Z');
const after = (seconds: number): Date => new Date(created.getTime() + seconds * 1000);

describe('a hold', () => {
  it('lives 60 seconds', () => {
    expect(holdUntil(created, created)).toEqual(after(60));
  });

  it('lives 60 seconds more after each refresh', () => {
    expect(holdUntil(created, after(25))).toEqual(after(85));
  });

  it('never outlives five minutes, however often it is refreshed', () => {
    expect(holdUntil(created, after(239))).toEqual(after(299));
    expect(holdUntil(created, after(241))).toEqual(after(300));
    expect(holdUntil(created, after(299))).toEqual(after(300));
    expect(holdUntil(created, after(1000))).toEqual(after(300));
  });

  it('keeps what it has when it was given longer, however it is refreshed', () => {
    expect(refreshedUntil(created, after(1800), after(25))).toEqual(after(1800));
    expect(refreshedUntil(created, after(60), after(25))).toEqual(after(85));
  });

  it('is over at the instant it ends', () => {
    expect(isHoldAlive(after(60), after(59))).toBe(true);
    expect(isHoldAlive(after(60), after(60))).toBe(false);
  });
});

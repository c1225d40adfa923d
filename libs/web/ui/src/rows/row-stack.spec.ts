import { RowStack } from './row-stack';

describe('a stack of rows', () => {
  it('shows the rows that touch the view and keeps room for the rest', () => {
    const stack = new RowStack(10_000, () => 36);

    expect(stack.within(3600, 4200)).toEqual({ first: 100, end: 117, before: 3600, after: 360_000 - 117 * 36 });
  });

  it('moves what lies below a row that is higher than guessed', () => {
    const stack = new RowStack(100, () => 36);

    expect(stack.measure(1, 80)).toBe(true);

    expect(stack.top(2)).toBe(116);
    expect(stack.within(40, 50)).toMatchObject({ first: 1, end: 2 });
  });

  it('is not disturbed by the height it knows already', () => {
    const stack = new RowStack(10, () => 36);

    expect(stack.measure(3, 36.2)).toBe(false);
    expect(stack.measure(3, 0)).toBe(false);
  });

  it('shows nothing of nothing', () => {
    expect(new RowStack(0, () => 36).within(0, 500)).toEqual({ first: 0, end: 0, before: 0, after: 0 });
  });

  it('stays at the last row when the view lies beyond it', () => {
    expect(new RowStack(3, () => 10).within(900, 950)).toEqual({ first: 2, end: 3, before: 20, after: 0 });
  });
});

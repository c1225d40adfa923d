import { rowAt, rowsWithin, scrollToShow, spanWithin, stackRows } from './viewport';

const stack = stackRows([28, 40, 40, 40, 28, 40]);

describe('viewport', () => {
  it('finds the row at a height', () => {
    expect(rowAt(stack, 0)).toBe(0);
    expect(rowAt(stack, 27.9)).toBe(0);
    expect(rowAt(stack, 28)).toBe(1);
    expect(rowAt(stack, 9999)).toBe(5);
    expect(rowAt(stackRows([]), 10)).toBe(-1);
  });

  it('renders what is in view and a little more', () => {
    expect(rowsWithin(stack, 70, 40, 1)).toEqual({ first: 1, end: 5 });
    expect(rowsWithin(stackRows([]), 0, 100, 3)).toEqual({ first: 0, end: 0 });
  });

  it('keeps the rendered rows few however many there are', () => {
    const many = stackRows(Array.from({ length: 2000 }, () => 40));

    const { first, end } = rowsWithin(many, 31_337, 700, 3);
    expect(end - first).toBeLessThanOrEqual(25);
  });

  it('changes the rendered span only once in a while', () => {
    const spans = Array.from({ length: 200 }, (_, x) => JSON.stringify(spanWithin(1000 + x, 1200, 9000)));

    expect(new Set(spans).size).toBeLessThanOrEqual(3);
    expect(spanWithin(1000, 1200, 9000)).toEqual({ from: 512, to: 2560 });
  });

  it('scrolls only as far as needed', () => {
    expect(scrollToShow(100, 500, 200, 240, 10)).toBe(100);
    expect(scrollToShow(100, 500, 590, 630, 10)).toBe(140);
    expect(scrollToShow(100, 500, 20, 60, 30)).toBe(0);
  });
});

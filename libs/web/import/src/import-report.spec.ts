import { checkedRows, countsOf, type ImportReport } from './import-report';

const report: ImportReport = {
  failed: [
    { row: 3, column: 'capacity', code: 'not-a-number', detail: '' },
    { row: 4, column: 'capacity', code: 'not-a-number', detail: '' },
    { row: 5, column: 'capacity', code: 'not-a-number', detail: '' },
    { row: 5, column: 'name', code: 'required', detail: '' },
    { row: 6, column: null, code: 'too-many-cells', detail: '' },
    { row: 7, column: 'name', code: 'duplicate-row', detail: '' },
    { row: 8, column: 'name', code: 'duplicate-row', detail: '' },
  ],
  rows: [
    { row: 2, name: 'A', action: 'create', cells: { name: 'A', capacity: '4' } },
    { row: 3, name: 'B', action: 'error', cells: { name: 'B', capacity: 'ten' } },
    { row: 4, name: 'C', action: 'error', cells: { name: 'C', capacity: 'ten' } },
    { row: 5, name: '', action: 'error', cells: { name: '', capacity: 'many' } },
    { row: 6, name: 'E', action: 'error', cells: { name: 'E', capacity: '1' } },
    { row: 7, name: 'A', action: 'error', cells: { name: 'A', capacity: '4' } },
    { row: 8, name: 'A', action: 'error', cells: { name: 'A', capacity: '4' } },
  ],
  columns: ['name', 'capacity'],
  ignoredColumns: [],
  delimiter: ',',
  encoding: 'utf-8',
};

describe('a checked file', () => {
  it('finds the rows that have the same mistake', () => {
    const [, b, c, d] = checkedRows(report);

    expect(b!.errors).toMatchObject([{ text: 'ten', alike: [3, 4] }]);
    expect(c!.errors).toMatchObject([{ text: 'ten', alike: [3, 4] }]);
    expect(d!.errors).toMatchObject([
      { column: 'capacity', text: 'many', alike: [5] },
      { column: 'name', alike: [5] },
    ]);
  });

  it('does not give doubles the same answer', () => {
    expect(checkedRows(report).at(-1)!.errors[0]!.alike).toEqual([8]);
  });

  it('counts rows, not mistakes', () => {
    expect(countsOf(report.rows)).toEqual({ all: 7, create: 1, update: 0, unchanged: 0, skip: 0, error: 6 });
  });
});

/** A cell that a spreadsheet would take for a formula gets an apostrophe before it, which the import takes off again. */
export function harmlessCell(value: unknown): string {
  const cell = value === null || value === undefined ? '' : String(value);
  return /^[=+\-@\t\r\n＝＋－＠]/u.test(cell) ? `'${cell}` : cell;
}

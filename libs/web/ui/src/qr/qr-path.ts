/**
 * A QR code as one path of an SVG, a module being one unit wide and high.
 * @param modules rows of a square, true for dark
 */
export function qrPath(modules: readonly (readonly boolean[])[]): string {
  return modules.flatMap((row, y) => darkRuns(row).map(({ x, length }) => `M${x} ${y}h${length}v1h-${length}z`)).join('');
}

/** Dark modules beside each other are drawn as one, so that no hair shows between them. */
function darkRuns(row: readonly boolean[]): { readonly x: number; readonly length: number }[] {
  const runs: { x: number; length: number }[] = [];
  row.forEach((isDark, x) => {
    const last = runs.at(-1);
    if (isDark && last && last.x + last.length === x) last.length++;
    else if (isDark) runs.push({ x, length: 1 });
  });
  return runs;
}

const browsers: readonly (readonly [name: string, mark: RegExp])[] = [
  ['Edge', /Edg(e|A|iOS)?\//],
  ['Opera', /OPR\//],
  ['Firefox', /(Firefox|FxiOS)\//],
  ['Chrome', /(Chrome|CriOS|HeadlessChrome)\//],
  ['Safari', /Safari\//],
];
const systems: readonly (readonly [name: string, mark: RegExp])[] = [
  ['Android', /Android/],
  ['iOS', /iPhone|iPad|iPod/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X|Macintosh/],
  ['ChromeOS', /CrOS/],
  ['Linux', /Linux|X11/],
];

/** What a `User-Agent` is to people, `Firefox · Linux`: good enough to know one's own devices by. Programs keep their own first word. */
export function deviceName(userAgent: string | null): string | null {
  if (userAgent === null || userAgent === '') return null;
  const find = (known: readonly (readonly [string, RegExp])[]): string | undefined => known.find(([, mark]) => mark.test(userAgent))?.[0];
  const named = [find(browsers), find(systems)].filter((it) => it !== undefined);
  return named.length > 0 ? named.join(' · ') : (userAgent.split(/[\s/]/, 1)[0] ?? null);
}

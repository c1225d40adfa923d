/** The events of a calendar that begin on these lines, as a calendar of their own with the zones of the whole. */
export function eventsAt(text: string, lines: readonly number[]): string {
  const all = text.split(/\r\n|\n|\r/);
  const from = (line: number, name: string): string[] => {
    const end = all.findIndex((it, i) => i >= line - 1 && it.trimEnd().toUpperCase() === `END:${name}`);
    return end < 0 ? [] : all.slice(line - 1, end + 1);
  };
  const zones = all.flatMap((it, i) => (it.trimEnd().toUpperCase() === 'BEGIN:VTIMEZONE' ? from(i + 1, 'VTIMEZONE') : []));
  const events = lines.flatMap((line) => from(line, 'VEVENT'));
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Berth//Console//EN', ...zones, ...events, 'END:VCALENDAR', ''].join('\r\n');
}

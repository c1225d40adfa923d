import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What writes blocked time, and so decides who has it. */
const TAKES = /\b(placeUnderLocks|placeLocked|placeOccurrences)\(|select (book_one_unit|book_together)\(|(insert into|update) occupancy\b/;
const CLASS = /^@Injectable\(\)\nexport class (\w+)/gm;
const INJECTED = /readonly \w+: (\w+)/g;

/**
 * The classes of all features that take blocked time, by themselves or through another that is given to them: a new door
 * is among them as soon as it is written. Controllers are left out, as their routes are known.
 */
export function takersOfTime(): string[] {
  const classes = sourcesOf('libs/features').flatMap((path) => classesOf(readFileSync(path, 'utf8')));
  const takers = new Set(classes.filter((it) => TAKES.test(it.text)).map((it) => it.name));
  for (let before = -1; before < takers.size;) {
    before = takers.size;
    for (const { name, needs } of classes) if (needs.some((it) => takers.has(it))) takers.add(name);
  }
  return [...takers].filter((it) => !it.endsWith('Controller')).sort();
}

/** A class goes on to the next or, where functions stand below it that it calls, to the end of the file. */
function classesOf(text: string): { readonly name: string; readonly text: string; readonly needs: readonly string[] }[] {
  const starts = [...text.matchAll(CLASS)];
  return starts.map((it, i) => {
    const own = text.slice(it.index, starts[i + 1]?.index);
    return { name: it[1]!, text: own, needs: [...own.matchAll(INJECTED)].map((injected) => injected[1]!) };
  });
}

const sourcesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((it) => it.endsWith('.ts') && !/(\.spec|\/testing)\.ts$/.test(it))
    .map((it) => join(folder, it));

/** Every route that changes something, as `POST /reservations`. */
export function routesThatChange(): string[] {
  const { paths } = JSON.parse(readFileSync('apps/api/openapi.json', 'utf8')) as { paths: Record<string, object> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((it) => it !== 'get')
      .map((method) => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`),
  );
}

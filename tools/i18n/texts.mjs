import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Languages of the console; English is the reference. */
export const LANGUAGES = ['en', 'es', 'fr', 'de'];

/** Folders with one JSON file a language, relative to the root, in a fixed order. */
export function textFolders(root) {
  const features = readdirSync(join(root, 'libs/web'), { withFileTypes: true })
    .filter((it) => it.isDirectory())
    .map((it) => `libs/web/${it.name}/i18n`)
    .sort();
  return ['apps/web/i18n', ...features].filter((it) => existsSync(join(root, it, 'en.json')));
}

/** Every leaf of a nested object of texts as `a.b.c` → text. */
export function leaves(texts, prefix = '') {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null ? leaves(value, `${prefix}${key}.`) : [[`${prefix}${key}`, value]],
  );
}

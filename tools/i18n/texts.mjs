import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Languages of the console; English is the reference. */
export const LANGUAGES = ['en', 'es', 'fr', 'de'];

/** The part every page has: what the shell, the kit and what stands outside it say, and everything that is said before sign-in. */
export const FIRST = 'first';
const ofFirst = [
  'apps/web/i18n',
  'libs/web/data/i18n',
  'libs/web/ui/i18n',
  'libs/web/sign-in/i18n',
  'libs/web/setup/i18n',
  'libs/web/home/i18n',
];

/** Folders with one JSON file a language, relative to the root, in a fixed order: `i18n` of each screen library, and folders in it. */
export function textFolders(root) {
  const libraries = foldersIn(root, 'libs/web').map((it) => `${it}/i18n`);
  return ['apps/web/i18n', ...libraries.flatMap((it) => [it, ...foldersIn(root, it)])].filter((it) =>
    existsSync(join(root, it, 'en.json')),
  );
}

/** The part a folder of texts belongs to: `libs/web/audit/i18n` is `audit`, `libs/web/admin/i18n/webhooks` is `admin-webhooks`. */
export function partOf(folder) {
  if (ofFirst.includes(folder)) return FIRST;
  const [, library, , inside] = folder.split('/').slice(1);
  return inside === undefined ? library : `${library}-${inside}`;
}

/** Every leaf of a nested object of texts as `a.b.c` → text. */
export function leaves(texts, prefix = '') {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null ? leaves(value, `${prefix}${key}.`) : [[`${prefix}${key}`, value]],
  );
}

function foldersIn(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((it) => it.isDirectory())
    .map((it) => `${folder}/${it.name}`)
    .sort();
}

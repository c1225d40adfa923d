/**
 * Puts the texts that lie beside each screen together into one file a language.
 *
 * Source: `apps/web/i18n/<language>.json` and `libs/web/<feature>/i18n/<language>.json`. Result: `apps/web/public/i18n/<language>.json`,
 * which the console loads. A top-level key belongs to exactly one folder, so two people never edit the same file.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LANGUAGES, textFolders } from './texts.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const target = join(root, 'apps/web/public/i18n');

mkdirSync(target, { recursive: true });
for (const language of LANGUAGES) {
  const merged = {};
  const owner = {};
  for (const folder of textFolders(root)) {
    const texts = JSON.parse(readFileSync(join(root, folder, `${language}.json`), 'utf8'));
    for (const [key, value] of Object.entries(texts)) {
      if (key in merged) {
        console.error(`"${key}" of ${language} stands in both ${owner[key]} and ${folder}; a top-level key has one home.`);
        process.exit(1);
      }
      merged[key] = value;
      owner[key] = folder;
    }
  }
  writeFileSync(join(target, `${language}.json`), `${JSON.stringify(merged)}\n`);
}

/**
 * Puts the texts that lie beside the screens together into one file a part and language: `apps/web/src/texts/<part>.<language>.json`.
 * The build makes a chunk of each, which the console loads with the screens that say them; `texts.mjs` tells what a part is.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LANGUAGES, partOf, textFolders } from './texts.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const target = join(root, 'apps/web/src/texts');
const folders = Map.groupBy(textFolders(root), partOf);

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
for (const [part, itsFolders] of folders) {
  for (const language of LANGUAGES) {
    const merged = {};
    for (const folder of itsFolders) merge(merged, JSON.parse(readFileSync(join(root, folder, `${language}.json`), 'utf8')));
    writeFileSync(join(target, `${part}.${language}.json`), `${JSON.stringify(merged)}\n`);
  }
}

function merge(into, texts) {
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === 'object') merge((into[key] ??= {}), value);
    else into[key] = value;
  }
}

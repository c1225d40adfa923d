/** What is built from what. Loads no compiler: `start` asks this file whether there is anything to build. */
import { isStale } from './stale.mjs';

const everywhere = ['package-lock.json', 'tsconfig.base.json'];

/** Server programs: compiled file by file, `libs/kernel/src/ids.ts` to `dist/libs/kernel/src/ids.js`. */
export const server = {
  name: 'server',
  inputs: ['apps', 'libs', 'migrations', '.swcrc', ...everywhere],
  without: ['apps/web', 'apps/web-e2e', 'apps/api-e2e', 'libs/web', 'libs/api-client'],
  output: 'dist/apps/server/src/main.js',
};

/** The console, in dist/web. Its merged texts are written by the build itself. */
export const web = {
  name: 'web',
  inputs: [
    'apps/web',
    'libs/web',
    'libs/api-client',
    'libs/kernel',
    'libs/contracts',
    'libs/scheduling',
    'tools/i18n',
    'nx.json',
    'tsconfig.web.json',
    ...everywhere,
  ],
  without: ['apps/web/src/texts'],
  output: 'dist/web/index.html',
};

export function isAnythingStale() {
  return isStale(server) || isStale(web);
}

import { fileURLToPath } from 'node:url';

/** Where the servers that tests start keep their compiled code (`NODE_COMPILE_CACHE`): each but the first starts in two thirds of the time. */
export const compiledCode = fileURLToPath(new URL('../../test-results/compiled-code', import.meta.url));

import { setFlagsFromString } from 'node:v8';

/**
 * Compiles what is called for the first time at once, instead of interpreting it until it is known to be called often: a request runs
 * through much code once, and few installations have so many requests that V8 comes round to all of it. Imported before everything else.
 */
setFlagsFromString('--always-sparkplug');

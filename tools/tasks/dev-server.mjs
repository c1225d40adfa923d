/** Becomes the server, and ends it when the watcher that started it is gone: `dev-server.mjs <main.js>`. */
import { pathToFileURL } from 'node:url';

process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
await import(pathToFileURL(process.argv[2]).href);

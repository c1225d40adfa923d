import 'reflect-metadata';
import { readConfig } from '@berth/platform/runtime';
import { join } from 'node:path';
import { startServer } from './start-server';

const GRACE_MS = 30_000;
const REPEAT_MS = 2_000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  const server = await startServer(readConfig(process.env), say, { consoleDir: join(import.meta.dirname, '../../../web') });
  let askedAt = 0;
  const end = (signal: string): void => {
    // Ctrl-C reaches a whole group of processes, so the first request often comes twice; a later one is meant.
    if (askedAt > 0 && Date.now() - askedAt < REPEAT_MS) return;
    if (askedAt > 0) process.exit(130);
    askedAt = Date.now();
    say(`${signal}: finishing what is in hand…`);
    setTimeout(() => process.exit(1), GRACE_MS).unref();
    void server.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', () => end('SIGINT'));
  process.on('SIGTERM', () => end('SIGTERM'));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  if (process.env['BERTH_LOG_LEVEL'] === 'debug') process.stderr.write(`${(error as Error).stack ?? ''}\n`);
  process.exit(1);
}

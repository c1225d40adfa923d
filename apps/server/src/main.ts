import './compile-early';
import 'reflect-metadata';
import { readConfig } from '@berth/platform/runtime';
import { join } from 'node:path';
import { startServer } from './start-server';

/** For requests and jobs in hand, after the time for proxies. */
const GRACE_MS = 30_000;
const REPEAT_MS = 2_000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  if (process.env['BERTH_LOG_LEVEL'] === 'debug') process.stderr.write(`${(error as Error).stack ?? ''}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const starting = startServer(config, say, { consoleDir: join(import.meta.dirname, '../../../web') });
  let askedAt = 0;
  const end = (signal: string): void => {
    // Ctrl-C reaches a whole group of processes, so the first request often comes twice; a later one is meant.
    if (askedAt > 0 && Date.now() - askedAt < REPEAT_MS) return;
    if (askedAt > 0) process.exit(130);
    askedAt = Date.now();
    say(`${signal}: finishing what is in hand…`);
    setTimeout(() => process.exit(1), GRACE_MS + config.drainSeconds * 1_000).unref();
    // Who presses Ctrl-C waits for it; nobody in front has to be told.
    starting.then((server) => server.stop(signal === 'SIGINT' ? 'at-once' : undefined)).then(() => process.exit(0), fail);
  };
  // Before it is ready: who asks in the middle of a start is answered too.
  process.on('SIGINT', () => end('SIGINT'));
  process.on('SIGTERM', () => end('SIGTERM'));
  await starting;
}

main().catch(fail);

import { createApi, Drain, type Parts } from '@berth/api';
import { SigningKeys } from '@berth/platform/auth';
import { Database, migrate, startEmbedded, type EmbeddedServer } from '@berth/platform/database';
import { Clock, type Config, createLog, installationSecrets } from '@berth/platform/runtime';
import { DemoOrganization, Reopening, SetupToken } from '@berth/setup';
import { createWorker } from '@berth/worker';
import type { AddressInfo } from 'node:net';
import { checkDatabase } from './check-database';

/** A running Berth. */
export interface RunningServer {
  /** Undefined for a process that only works. */
  readonly url: string | undefined;
  /**
   * Lets requests and jobs in hand finish, then ends; may be called again.
   * @param how `at-once` without the time for proxies to notice
   */
  stop(how?: 'at-once'): Promise<void>;
}

/** Takes back one step of the start. */
type Undo = (drainSeconds: number) => Promise<unknown>;

/**
 * Starts what the configuration asks for: the embedded database where no other is named, then the schema, the API with
 * the console, and the worker.
 * @param say receives the lines meant for the person who started it
 */
export async function startServer(
  config: Config,
  say: (line: string) => void,
  options: { consoleDir?: string; clock?: Clock } = {},
): Promise<RunningServer> {
  const undo: Undo[] = [];
  let stopping: Promise<void> | undefined;
  const stop = (how?: 'at-once'): Promise<void> => (stopping ??= unwind(undo, how === 'at-once' ? 0 : config.drainSeconds));
  try {
    const databaseUrl = config.databaseUrl ?? (await embedded(config, say, undo)).url;
    const ran = await migrate(databaseUrl);
    if (ran.length > 0) say(`The schema is up to date (${ran.length} ${ran.length === 1 ? 'migration' : 'migrations'} ran).`);
    const database = new Database(databaseUrl, config.databasePoolSize);
    undo.push(() => database.close());
    await checkDatabase(database);

    const parts: Parts = {
      config,
      clock: options.clock ?? new Clock(),
      secrets: installationSecrets(config),
      log: createLog(config.logLevel),
      database,
      databaseUrl,
    };
    if (config.roles.has('worker')) {
      const worker = await createWorker(parts);
      undo.push(() => worker.close());
    }
    const url = config.roles.has('api') ? await serve(parts, options, say, undo) : undefined;
    return { url, stop };
  } catch (error) {
    await stop('at-once');
    throw error;
  }
}

async function embedded(config: Config, say: (line: string) => void, undo: Undo[]): Promise<EmbeddedServer> {
  const server = await startEmbedded({ dataDir: config.dataDir, durable: true, log: say });
  undo.push(() => server.stop());
  return server;
}

async function serve(parts: Parts, options: { consoleDir?: string }, say: (line: string) => void, undo: Undo[]): Promise<string> {
  const app = await createApi(parts, options);
  undo.push(async (drainSeconds) => {
    await app.get(Drain).leave(drainSeconds);
    await app.close();
  });
  // A secret that does not fit the database is told now and not at the first sign-in.
  await app.get(SigningKeys).all();
  if (parts.config.loadsDemo) await app.get(DemoOrganization).create(say);
  const token = await app.get(SetupToken).announce();
  await app.listen(parts.config.port, parts.config.host);
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://${parts.config.host.includes(':') ? `[${parts.config.host}]` : parts.config.host}:${port}`;
  const reopened = await app.get(Reopening).announce();
  if (reopened) say(`An administrator may be added until ${reopened.toISOString()} with SETUP_REOPEN_TOKEN: see the runbook.`);
  if (token) say(`Set-up token: ${token}\nOpen ${url}/setup to begin.`);
  say(`Berth is ready at ${url}`);
  return url;
}

async function unwind(undo: readonly Undo[], drainSeconds: number): Promise<void> {
  for (const step of [...undo].reverse()) await step(drainSeconds);
}

import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cleanEnvironment } from './account';
import type { Binaries } from './binaries';
import type { ClusterPlace } from './cluster-place';
import { readPostmaster, signal } from './postmaster';

/** Why a server did not come up. `held` and `port` pass by themselves; `broken` does not. */
export type LaunchFailure = 'held' | 'port' | 'broken';

/** A server that did not come up, with what it wrote to its log. */
export class LaunchError extends Error {
  readonly failure: LaunchFailure;

  constructor(failure: LaunchFailure, log: string) {
    super(`PostgreSQL did not start:\n${log.trim()}`);
    this.failure = failure;
  }
}

/** A crash is recovered from during start, which takes minutes after heavy writing. */
const RECOVERY_LIMIT_MS = 15 * 60_000;
const LOG_LIMIT_BYTES = 20 * 1024 * 1024;

/**
 * Starts a server on the cluster, on that port or any free one, and gives its process id once it takes connections. It is a session of its own, so
 * a Ctrl-C meant for us does not reach it, and it outlives a launcher that is killed.
 * @throws LaunchError
 */
export async function launch(place: ClusterPlace, binaries: Binaries, durable: boolean, port?: number): Promise<number> {
  const logFile = join(place.dataDir, 'postgres.log');
  const logStart = startLog(logFile);
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(binaries.postgres, ['-D', place.cluster, ...settings(port ?? (await freePort()), durable)], {
    ...place.account,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...cleanEnvironment, ...pastLockHolder(place.cluster) },
  });
  closeSync(log);
  child.unref();
  const failure = await untilReady(child, place.cluster);
  if (failure === undefined && child.pid !== undefined) return child.pid;
  const written = `${failure ?? ''}\n${readFileSync(logFile).subarray(logStart).toString()}`;
  throw new LaunchError(classify(written), written);
}

function settings(port: number, durable: boolean): string[] {
  const onOff = durable ? 'on' : 'off';
  const values = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: durable ? 200 : 100,
    shared_buffers: `${sharedBuffers()}MB`,
    fsync: onOff,
    synchronous_commit: onOff,
    full_page_writes: onOff,
    timezone: 'UTC',
    log_timezone: 'UTC',
    password_encryption: 'scram-sha-256',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/**
 * Megabytes of pages PostgreSQL keeps itself: an eighth of the memory, as Berth runs beside it, and no less than its own default. It takes
 * each from the machine when it first needs it.
 */
function sharedBuffers(): number {
  const limit = process.constrainedMemory() || Infinity;
  return Math.round(Math.min(1024, Math.max(128, Math.min(totalmem(), limit) / 8 / 2 ** 20)));
}

/** Asks the operating system for a port nobody listens on. Somebody may take it before PostgreSQL does: failure `port`. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/**
 * The caller has found that the process named by `postmaster.pid` is no server of this cluster, but PostgreSQL refuses
 * as long as any process has that number. A number given here it disregards, as it does for pg_ctl. Unlike deleting the
 * file this keeps its second check, that no process is attached to the cluster's shared memory.
 */
function pastLockHolder(cluster: string): Record<string, string> {
  const past = readPostmaster(cluster);
  return past ? { PG_GRANDPARENT_PID: String(past.pid) } : {};
}

/** Waits until the server takes connections; gives a reason when it ended or was given up. */
async function untilReady(child: ChildProcess, cluster: string): Promise<string | undefined> {
  let reason: string | undefined;
  child.once('error', (error) => (reason = error.message));
  child.once('exit', (code, by) => (reason ??= `It ended with ${by ?? `code ${code}`}.`));
  const deadline = Date.now() + RECOVERY_LIMIT_MS;
  while (reason === undefined) {
    const postmaster = readPostmaster(cluster);
    if (postmaster?.pid === child.pid && postmaster?.status === 'ready') return undefined;
    if (Date.now() > deadline) {
      reason = `It was not ready after ${RECOVERY_LIMIT_MS / 1000} s.`;
      if (child.pid !== undefined) signal(child.pid, 'SIGQUIT');
    }
    await sleep(10);
  }
  return reason;
}

function classify(log: string): LaunchFailure {
  if (/lock file "postmaster\.pid" already exists|pre-existing shared memory block/.test(log)) return 'held';
  return /could not bind IPv4|could not create any TCP\/IP sockets/.test(log) ? 'port' : 'broken';
}

/** Puts a large log aside and gives the length of what is there already. */
function startLog(file: string): number {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size < LOG_LIMIT_BYTES) return size;
  renameSync(file, `${file}.1`);
  return 0;
}

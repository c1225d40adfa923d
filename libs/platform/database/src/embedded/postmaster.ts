import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cleanEnvironment } from './account';
import { readIfThere } from './write-once';

/** The server named by `postmaster.pid` of a cluster. It may be long dead. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly status: 'starting' | 'ready' | 'stopping';
}

/** Reads `postmaster.pid` (PostgreSQL's miscadmin.h, LOCK_FILE_LINE_*), or gives `undefined` when there is none. */
export function readPostmaster(cluster: string): Postmaster | undefined {
  const lines = readIfThere(join(cluster, 'postmaster.pid'))?.split('\n');
  const pid = Number(lines?.[0]);
  if (!lines || !Number.isInteger(pid) || pid <= 0) return undefined;
  const status = lines[7]?.trim();
  return { pid, port: Number(lines[3]), status: status === 'ready' || status === 'stopping' ? status : 'starting' };
}

/**
 * Whether the process is a living server of this cluster. The number alone proves nothing: it may have been given to
 * another program since, and a dead process nobody has collected still answers to signals. The command line is what
 * every account may read (the working directory is not, for root in a container).
 */
export function servesCluster(pid: number, cluster: string): boolean {
  const command = existsSync('/proc/self/cmdline') ? commandFromProc(pid) : commandFromPs(pid);
  return /(^|\/)postgres( |$)/.test(command) && `${command} `.includes(` -D ${cluster} `);
}

/** Waits until the server is gone; `false` when it outlived the time. */
export async function waitUntilGone(pid: number, cluster: string, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (servesCluster(pid, cluster)) {
    if (Date.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

/** Sends a signal; a process that is already gone is no failure. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function commandFromProc(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
  } catch {
    return '';
  }
}

function commandFromPs(pid: number): string {
  return spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8', env: cleanEnvironment }).stdout?.trim() ?? '';
}

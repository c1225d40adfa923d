import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One user of the server among the living processes of this machine. */
export interface LauncherEntry {
  /** Leaves the list; `true` when nobody else is on it, so that the server may be stopped. */
  leave(): boolean;
  /** Whether another living process uses the server too. */
  hasCompany(): boolean;
}

let entries = 0;

/**
 * Puts this process on the list of those who use the server of a data directory. Several may: a second start adopts the
 * server of the first, and only the last one to leave stops it. A killed process stays on the list, so each entry names
 * its process by number and start time, and dead ones are not counted.
 */
export function enterLaunchers(dataDir: string): LauncherEntry {
  const directory = join(dataDir, 'launchers');
  mkdirSync(directory, { recursive: true });
  const own = `${process.pid}.${entries++}`;
  writeFileSync(join(directory, own), startOf(process.pid) ?? '');
  return {
    hasCompany: () => livingOthers(directory, own) > 0,
    leave: () => {
      rmSync(join(directory, own), { force: true });
      return livingOthers(directory, own) === 0;
    },
  };
}

function livingOthers(directory: string, own: string): number {
  let living = 0;
  for (const name of readdirSync(directory)) {
    if (name === own) continue;
    if (isLiving(join(directory, name), Number.parseInt(name, 10))) living++;
    else rmSync(join(directory, name), { force: true });
  }
  return living;
}

function isLiving(entry: string, pid: number): boolean {
  try {
    return startOf(pid) === readFileSync(entry, 'utf8');
  } catch {
    return false;
  }
}

/** Something that differs between two processes that were given the same number; `undefined` when there is no process. */
function startOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return undefined;
  }
  try {
    // Field 22 of proc(5), starttime; the name in field 2 may hold spaces and parentheses.
    const [state, ...rest] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return state === 'Z' ? undefined : rest[18];
  } catch {
    return '';
  }
}

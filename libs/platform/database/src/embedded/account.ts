import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

/** The operating system account a process of the server runs under. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** What a short-lived program left behind: its exit code (or why it could not be run) and everything it printed. */
export interface Outcome {
  readonly ok: boolean;
  readonly output: string;
}

const NOBODY: Account = { uid: 65534, gid: 65534 };

/**
 * The environment of every program started here. It is built from nothing: a PGDATA, PGPORT or LC_ALL of the person
 * who starts Berth must not reach PostgreSQL.
 */
export const cleanEnvironment = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } as const;

/**
 * The account PostgreSQL has to run under, or `undefined` for our own. PostgreSQL refuses to run as root, so root gives
 * it to the owner of the data, or to `nobody` while there are none.
 */
export function serverAccount(cluster: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(cluster, { throwIfNoEntry: false });
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : nobody();
}

/** Runs a program to its end as the given account. Never rejects: a program that cannot be run is `ok: false`. */
export function run(command: string, args: readonly string[], account: Account | undefined): Promise<Outcome> {
  return new Promise((resolve) => {
    // The working directory is inherited otherwise, and the account may not be allowed to enter ours.
    const child = spawn(command, args, { ...account, cwd: '/', env: cleanEnvironment, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

/** `nobody` of this system; its number differs between systems, and PostgreSQL wants one that has a name. */
function nobody(): Account {
  const entry = /^nobody:[^:]*:(-?\d+):(-?\d+):/m.exec(readText('/etc/passwd'));
  return entry ? { uid: Number(entry[1]), gid: Number(entry[2]) } : NOBODY;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Terminal } from './terminal';

/** What a login left behind. */
export interface Credentials {
  readonly url: string;
  readonly clientId: string;
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

const fileOf = ({ environment }: Terminal): string =>
  join(environment['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'berth', 'credentials.json');

export function readCredentials(terminal: Terminal): Credentials | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(terminal), 'utf8')) as Credentials;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Readable by its owner alone, and never half written. */
export function keepCredentials(terminal: Terminal, credentials: Credentials): void {
  const file = fileOf(terminal);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  renameSync(fresh, file);
}

export const forgetCredentials = (terminal: Terminal): void => rmSync(fileOf(terminal), { force: true });

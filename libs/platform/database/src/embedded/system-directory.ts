import { chmodSync, lstatSync, mkdirSync } from 'node:fs';

/**
 * Where root keeps what the server's account must reach when the clone or the data directory lie behind a closed
 * directory: a copy of the binaries, and clusters. Not the temporary directory: that is swept, and clusters are kept.
 */
const SYSTEM_DIRECTORY = '/var/lib/berth';

/**
 * Gives the system directory, creating it when needed.
 * @throws Error when it is not root's alone: somebody else could then swap the binaries or the data.
 */
export function systemDirectory(): string {
  try {
    if (mkdirSync(SYSTEM_DIRECTORY, { recursive: true })) chmodSync(SYSTEM_DIRECTORY, 0o755);
  } catch (error) {
    throw new Error(`${SYSTEM_DIRECTORY} cannot be created. ${advice}`, { cause: error });
  }
  assertOnlyRootWrites(SYSTEM_DIRECTORY);
  return SYSTEM_DIRECTORY;
}

/** @throws Error when the path is a link, is not root's, or may be written by others. */
export function assertOnlyRootWrites(path: string): void {
  const status = lstatSync(path);
  const safe = !status.isSymbolicLink() && status.uid === 0 && (status.mode & 0o022) === 0;
  if (!safe) throw new Error(`${path} has to belong to root and be writable by root only.`);
}

const advice =
  'Berth runs as root, and PostgreSQL (as an ordinary account) may not enter the directory of the program or of the data. ' +
  'Open that directory, run Berth as an ordinary user, set BERTH_DATA_DIR, or set DATABASE_URL to a server of your own.';

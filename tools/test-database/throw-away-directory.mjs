import { chmodSync, mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
/** A cluster with a database for each test file stays far below it. */
const ENOUGH_BYTES = 3e9;

/**
 * A new directory for a cluster nobody keeps: in memory where there is room. A database is a thousand files, and ext4 goes
 * through all it deleted in the last minutes for each new one; with a database cloned and dropped for each test file that
 * became the larger part of the time.
 * @param {string} prefix
 */
export function throwAwayDirectory(prefix) {
  const directory = mkdtempSync(join(hasRoom() ? MEMORY : tmpdir(), prefix));
  // Run by root, PostgreSQL has an account of its own, which must reach what lies inside.
  chmodSync(directory, 0o711);
  return directory;
}

function hasRoom() {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > ENOUGH_BYTES;
  } catch {
    return false;
  }
}

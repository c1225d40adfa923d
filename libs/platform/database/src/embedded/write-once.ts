import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';

/**
 * Gives the content of the file, which becomes `content` when the file does not exist yet. Of several processes that
 * race, one content wins, whole and on disk, and all of them are given that one. Readable by its owner only.
 */
export function writeOnce(file: string, content: () => string): string {
  const existing = readIfThere(file);
  if (existing !== undefined) return existing;
  const draft = `${file}.${randomUUID()}`;
  const handle = openSync(draft, 'wx', 0o600);
  try {
    writeSync(handle, content());
    fsyncSync(handle);
    // A rename would replace the winner's file; a link refuses.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    closeSync(handle);
    rmSync(draft, { force: true });
  }
  return readFileSync(file, 'utf8');
}

/** The content of a file, or `undefined` when there is none. */
export function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

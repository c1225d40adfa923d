import { randomBytes } from 'node:crypto';
import { chownSync, closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from './account';
import type { Binaries } from './binaries';
import { type ClusterPlace, createServerDirectory } from './cluster-place';
import { writeOnce } from './write-once';

/** The superuser of the embedded server, and its maintenance database. */
export const SUPERUSER = 'postgres';

const DRAFT = 'initdb-';
const DRAFT_LIMIT_MS = 30_000;

/** Gives the password of the embedded server's roles, random and kept in `<dataDir>/postgres.password` (mode 0600). */
export function clusterPassword(dataDir: string): string {
  return writeOnce(join(dataDir, 'postgres.password'), () => randomBytes(24).toString('hex'));
}

/**
 * Creates the cluster unless it exists. It is made beside its place and renamed: an initdb that was killed leaves nothing
 * that looks like a cluster, and of two that race one wins and the other's work is thrown away.
 */
export async function createCluster(place: ClusterPlace, binaries: Binaries, password: string, durable: boolean): Promise<void> {
  await waitForOtherDrafts(place);
  if (existsSync(place.cluster)) return;
  const draft = createServerDirectory(place, `${DRAFT}${process.pid}-`);
  try {
    const passwordFile = join(draft, 'password');
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (place.account) chownSync(passwordFile, place.account.uid, place.account.gid);
    const data = join(draft, 'data');
    const outcome = await run(binaries.initdb, initdbArguments(data, passwordFile, durable), place.account);
    if (!outcome.ok) throw new Error(`PostgreSQL could not create its data in ${place.cluster}:\n${explain(outcome.output.trim())}`);
    renameUnlessThere(data, place.cluster);
    if (durable) syncDirectory(place.home);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function initdbArguments(data: string, passwordFile: string, durable: boolean): string[] {
  return [
    ['-D', data],
    ['-U', SUPERUSER],
    [`--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
    // The built-in provider sorts the same on every machine and never changes with the system's libraries.
    ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
    ['--data-checksums', '--no-instructions'],
    durable ? [] : ['--no-sync'],
  ].flat();
}

/** Containers run programs as numbers without a name, which initdb refuses. */
function explain(output: string): string {
  const nameless = /could not look up effective user ID (\d+)/.exec(output);
  return nameless ? `${output}\nGive account ${nameless[1]} a line in /etc/passwd, or set DATABASE_URL to a server of your own.` : output;
}

function renameUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** Another start may be creating it right now; doing the same work beside it would only slow both. */
async function waitForOtherDrafts({ home, cluster }: ClusterPlace): Promise<void> {
  for (const deadline = Date.now() + DRAFT_LIMIT_MS; Date.now() < deadline; await sleep(50)) {
    if (existsSync(cluster) || !hasLivingDraft(home)) return;
  }
}

function hasLivingDraft(home: string): boolean {
  let found = false;
  for (const name of readdirSync(home)) {
    if (!name.startsWith(DRAFT)) continue;
    if (isAlive(Number.parseInt(name.slice(DRAFT.length), 10))) found = true;
    else rmSync(join(home, name), { recursive: true, force: true });
  }
  return found;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function syncDirectory(directory: string): void {
  const handle = openSync(directory, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

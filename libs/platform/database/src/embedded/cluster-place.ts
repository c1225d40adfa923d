import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Account, run, serverAccount } from './account';
import { systemDirectory } from './system-directory';
import { readIfThere, writeOnce } from './write-once';

/** Where a data directory keeps its cluster, and who runs the server on it. */
export interface ClusterPlace {
  /** The data directory, absolute and free of links: password, log and list of launchers. */
  readonly dataDir: string;
  /** The directory above the cluster: the data directory, or one of ours in the system directory. */
  readonly home: string;
  /** PGDATA itself. It exists only once it is complete. */
  readonly cluster: string;
  readonly account: Account | undefined;
}

const LOCATION = 'postgres.location';
const CLUSTER = 'cluster';
const OWNER = 'data-directory';

/**
 * Finds the place of the cluster, `<dataDir>/cluster`. Root's server runs as an ordinary account; where that account may
 * not enter the data directory the cluster lies in the system directory, and `<dataDir>/postgres.location` names it from
 * then on. Its name is random, so that a data directory deleted and created again begins empty.
 * @throws Error when the recorded cluster is gone or belongs to another data directory, or the account cannot use it.
 */
export async function findClusterPlace(directory: string): Promise<ClusterPlace> {
  // Parents get the ordinary mode: a closed one would lock the server's account out of what lies beside us.
  mkdirSync(directory, { recursive: true });
  const dataDir = realpathSync(directory);
  const recorded = readIfThere(join(dataDir, LOCATION));
  if (recorded !== undefined) return recordedPlace(dataDir, recorded.trim());
  const inside = placeIn(dataDir, dataDir);
  if (await canUse(inside)) return inside;
  if (existsSync(inside.cluster)) throw new Error(outOfReach(inside.cluster));
  return placeElsewhere(dataDir);
}

/** Removes cluster, password and log of a data directory whose server is stopped. */
export function removeCluster(place: ClusterPlace): void {
  const leftovers = [CLUSTER, 'postgres.password', 'postgres.log', 'postgres.log.1', 'launchers', LOCATION];
  if (place.home !== place.dataDir) rmSync(place.home, { recursive: true, force: true });
  for (const name of leftovers) rmSync(join(place.dataDir, name), { recursive: true, force: true });
}

/** Creates a directory in the home that belongs to the server's account and is closed to others. */
export function createServerDirectory(place: Pick<ClusterPlace, 'home' | 'account'>, prefix: string): string {
  const directory = mkdtempSync(join(place.home, prefix));
  if (place.account) chownSync(directory, place.account.uid, place.account.gid);
  return directory;
}

function placeIn(dataDir: string, home: string): ClusterPlace {
  const cluster = join(home, CLUSTER);
  return { dataDir, home, cluster, account: serverAccount(cluster) };
}

/** Tries instead of reading modes: access lists, mounts and missing rights of root are judged by the kernel. */
async function canUse(place: ClusterPlace): Promise<boolean> {
  if (!place.account) return true;
  let probe: string | undefined;
  try {
    probe = createServerDirectory(place, 'probe-');
    const script = 'cd "$1" && : > file && { test ! -e "$2" || cd "$2"; }';
    return (await run('/bin/sh', ['-c', script, 'sh', probe, place.cluster], place.account)).ok;
  } catch {
    return false;
  } finally {
    if (probe) rmSync(probe, { recursive: true, force: true });
  }
}

function placeElsewhere(dataDir: string): ClusterPlace {
  const created = mkdtempSync(join(systemDirectory(), 'cluster-'));
  chmodSync(created, 0o711);
  writeFileSync(join(created, OWNER), dataDir);
  const home = writeOnce(join(dataDir, LOCATION), () => created);
  if (home !== created) rmSync(created, { recursive: true, force: true });
  return placeIn(dataDir, home);
}

function recordedPlace(dataDir: string, home: string): ClusterPlace {
  const owner = readIfThere(join(home, OWNER));
  if (owner === undefined) {
    throw new Error(
      `The data of ${dataDir} lie in ${home} (says ${LOCATION}), which is gone. Bring it back, or remove ${join(dataDir, LOCATION)} to begin with empty data.`,
    );
  }
  if (owner !== dataDir) takeOver(dataDir, home, owner);
  return placeIn(dataDir, home);
}

/** A moved data directory keeps its cluster; a copied one must not share the cluster of the original. */
function takeOver(dataDir: string, home: string, owner: string): void {
  if (readIfThere(join(owner, LOCATION))?.trim() === home) {
    throw new Error(
      `${dataDir} is a copy of ${owner}, whose database lies in ${home}. Remove ${join(dataDir, LOCATION)} to begin with empty data.`,
    );
  }
  writeFileSync(join(home, `${OWNER}.new`), dataDir);
  renameSync(join(home, `${OWNER}.new`), join(home, OWNER));
}

function outOfReach(cluster: string): string {
  return (
    `PostgreSQL runs as an ordinary account because Berth runs as root, and that account can no longer enter ${dirname(cluster)}. ` +
    'Open the directories above it to others (chmod o+x), or run Berth as an ordinary user.'
  );
}

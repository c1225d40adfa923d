import { setTimeout as sleep } from 'node:timers/promises';
import { type Binaries, findBinaries } from './embedded/binaries';
import { SUPERUSER, clusterPassword, createCluster } from './embedded/cluster';
import { type ClusterPlace, findClusterPlace, removeCluster } from './embedded/cluster-place';
import { LaunchError, launch } from './embedded/launch';
import { type LauncherEntry, enterLaunchers } from './embedded/launchers';
import { type Postmaster, readPostmaster, servesCluster, signal, waitUntilGone } from './embedded/postmaster';
import { DATABASE, askServer, createDatabase, databaseUrl } from './embedded/session';

/** How to run the embedded PostgreSQL. */
export interface EmbeddedOptions {
  /** Holds the cluster (or says where it is), its password and its log; created when missing. */
  readonly dataDir: string;
  /** `false` gives up safety against crashes for speed: throw-away clusters of tests. */
  readonly durable: boolean;
  /** Receives one line for each thing worth telling the person who starts Berth. */
  readonly log: (line: string) => void;
}

/** A running PostgreSQL that takes connections. */
export interface EmbeddedServer {
  /** Database `berth` as its owner, an ordinary role. */
  readonly url: string;
  /** Database `postgres` as the superuser. */
  readonly adminUrl: string;
  /** Whether the server ran already, left behind by a launcher that was killed or shared with one that lives. */
  readonly adopted: boolean;
  /** Stops the server and waits for its end, unless another living launcher uses it. May be called again. */
  stop(): Promise<void>;
}

interface Running {
  readonly pid: number;
  readonly port: number;
  readonly adopted: boolean;
}

/** Everything the steps of one start share. */
interface Start {
  readonly place: ClusterPlace;
  readonly binaries: Binaries;
  readonly password: string;
  readonly launcher: LauncherEntry;
  readonly options: EmbeddedOptions;
  /** Where it must listen, because its clients know that address already. */
  readonly port?: number;
}

const WATCH_MS = 1_000;
const PATIENCE_MS = 60_000;
const FAST_SHUTDOWN_MS = 20_000;

/**
 * Starts PostgreSQL on the data directory, or adopts the server that runs on it already; never a second one beside it.
 * The server is independent of this process: it survives a kill -9 of it, and is adopted by the next start.
 * @throws Error saying what to do, when PostgreSQL cannot run here.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const place = await findClusterPlace(options.dataDir);
  const binaries = await findBinaries(place.account);
  const password = clusterPassword(place.dataDir);
  await createCluster(place, binaries, password, options.durable);
  // On the list before looking for a server: its other users then leave it running for us.
  const launcher = enterLaunchers(place.dataDir);
  try {
    const running = await adoptOrLaunch({ place, binaries, password, launcher, options });
    await createDatabase(running.port, password);
    return toServer(running, { place, binaries, password, launcher, options });
  } catch (error) {
    launcher.leave();
    throw error;
  }
}

/** Stops whatever server runs on the data directory and removes its cluster, password and log. */
export async function removeEmbedded(dataDir: string): Promise<void> {
  const place = await findClusterPlace(dataDir);
  const postmaster = readPostmaster(place.cluster);
  if (postmaster) await stopServer(postmaster.pid, place.cluster);
  removeCluster(place);
}

async function adoptOrLaunch(start: Start): Promise<Running> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const past = readPostmaster(start.place.cluster);
    const living = past && servesCluster(past.pid, start.place.cluster);
    const running = living ? await adopt(past, start) : await tryLaunch(start, deadline);
    if (running) return running;
    await sleep(100);
  }
}

/** Gives the living server once it is ready, or `undefined` when it went away and has to be started anew. */
async function adopt(postmaster: Postmaster, start: Start): Promise<Running | undefined> {
  const { place, options } = start;
  const ready = await whenReady(postmaster.pid, place.cluster);
  if (!ready) return undefined;
  const facts = await askServer(ready.port, start.password).catch((error: Error) => error);
  // What it wrote meanwhile counts: it may have begun to stop just before it answered.
  const later = readPostmaster(place.cluster);
  if (later?.pid !== ready.pid || later.status !== 'ready') return undefined;
  if (facts instanceof Error) {
    if (!servesCluster(ready.pid, place.cluster)) return undefined;
    throw new Error(`PostgreSQL (process ${ready.pid}) holds ${place.cluster} but does not answer: ${facts.message}`, { cause: facts });
  }
  if (facts.cluster !== place.cluster) throw new Error(`The server on port ${ready.port} serves ${facts.cluster}, not ${place.cluster}.`);
  if (facts.durable !== options.durable) return restartOtherwise(ready.pid, start);
  options.log(`PostgreSQL runs already on port ${ready.port} (process ${ready.pid}); using it`);
  return { pid: ready.pid, port: ready.port, adopted: true };
}

/** Follows a server that starts or stops, however long it recovers; `undefined` when it is gone. */
async function whenReady(pid: number, cluster: string): Promise<Postmaster | undefined> {
  while (servesCluster(pid, cluster)) {
    const now = readPostmaster(cluster);
    if (now?.pid === pid && now.status === 'ready') return now;
    await sleep(20);
  }
  return undefined;
}

async function restartOtherwise(pid: number, start: Start): Promise<undefined> {
  if (start.launcher.hasCompany()) throw new Error('PostgreSQL is in use with other safety settings on this data directory.');
  await stopServer(pid, start.place.cluster);
}

/** Gives the server, or `undefined` when what hindered it passes by itself: another start, dying processes, a taken port. */
async function tryLaunch({ place, binaries, options, port: known }: Start, deadline: number): Promise<Running | undefined> {
  try {
    const pid = await launch(place, binaries, options.durable, known);
    const port = readPostmaster(place.cluster)?.port;
    if (port === undefined) return undefined;
    options.log(`PostgreSQL started on port ${port}`);
    return { pid, port, adopted: false };
  } catch (error) {
    if (error instanceof LaunchError && error.failure !== 'broken' && Date.now() < deadline) return undefined;
    throw error;
  }
}

function toServer(running: Running, start: Start): EmbeddedServer {
  const { place, password, launcher, options } = start;
  const guard = keepRunning(running, start);
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    const pid = await guard.end();
    if (launcher.leave()) await stopServer(pid, place.cluster);
    else options.log('PostgreSQL keeps running for another process');
  };
  return {
    url: databaseUrl(running.port, DATABASE, password, DATABASE),
    adminUrl: databaseUrl(running.port, SUPERUSER, password, SUPERUSER),
    adopted: running.adopted,
    stop: () => (stopping ??= stop()),
  };
}

/** Brings a server that died under us back on the port its clients know; they only have to connect again. */
function keepRunning(running: Running, start: Start): { end: () => Promise<number> } {
  const { place, options } = start;
  let { pid } = running;
  let look: Promise<void> | undefined;
  const bringBack = async (): Promise<void> => {
    if (servesCluster(pid, place.cluster)) return;
    options.log(`PostgreSQL (process ${pid}) is gone; starting it again`);
    pid = (await adoptOrLaunch({ ...start, port: running.port })).pid;
  };
  const watch = setInterval(() => {
    look ??= bringBack()
      .catch((error: Error) => options.log(`PostgreSQL does not come back, it is tried again: ${error.message}`))
      .finally(() => (look = undefined));
  }, WATCH_MS).unref();
  return {
    end: async () => {
      clearInterval(watch);
      await look;
      return pid;
    },
  };
}

/** Fast shutdown: open transactions are rolled back, the rest is written. Without an end, an immediate one: recovery follows. */
async function stopServer(pid: number, cluster: string): Promise<void> {
  if (!servesCluster(pid, cluster)) return;
  signal(pid, 'SIGINT');
  if (await waitUntilGone(pid, cluster, FAST_SHUTDOWN_MS)) return;
  signal(pid, 'SIGQUIT');
  if (await waitUntilGone(pid, cluster, FAST_SHUTDOWN_MS)) return;
  throw new Error(`PostgreSQL (process ${pid}) does not stop.`);
}

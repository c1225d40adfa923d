/** The programs of a rolling restart: Berth in several processes on one database, and a proxy before those that answer. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/apps/server/src/main.js', import.meta.url));
const CONFIGURATIONS = fileURLToPath(new URL('../../docs/proxies/', import.meta.url));
const START_MS = 60_000;

/** @returns {Promise<number>} a port nobody has now */
export const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });

/** One place of a process: what is started in it has the same role and port again and again. */
export class Place {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #child;

  /**
   * @param {Record<string, string>} environment
   * @param {string[]} log
   */
  constructor(environment, log) {
    this.environment = environment;
    this.log = log;
  }

  get url() {
    return `http://127.0.0.1:${this.environment.PORT}`;
  }

  get pid() {
    return this.#child?.pid;
  }

  /** Starts it and waits until it does its work. */
  async start() {
    const child = spawn(process.execPath, [MAIN], {
      env: { PATH: process.env.PATH, ...this.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    child.stderr.on('data', (chunk) => this.log.push(String(chunk)));
    // A worker alone says nothing when it is ready.
    if (this.environment.BERTH_ROLES === 'worker') return sleep(500);
    await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`Not ready in time:\n${this.log.slice(-5).join('')}`)), START_MS);
      child.once('exit', (code) => reject(new Error(`Ended with ${code} before it was ready:\n${this.log.slice(-5).join('')}`)));
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (!/ is ready at /.test(line)) return;
        clearTimeout(timer);
        resolve(undefined);
      });
    });
  }

  /** @returns {Promise<number | null>} what it ended with */
  async stop(signal = /** @type {NodeJS.Signals} */ ('SIGTERM')) {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    return ended;
  }
}

/**
 * Starts nginx or HAProxy with the configuration of docs/proxies, its ports replaced.
 * @param {'nginx' | 'haproxy'} name
 * @param {readonly string[]} targets ports of the two processes
 */
export async function startProxy(name, targets) {
  const port = String(await freePort());
  const directory = mkdtempSync(join(tmpdir(), `berth-${name}-`));
  const [file, program, args] =
    name === 'nginx'
      ? [
          'nginx.conf',
          'nginx',
          ['-p', directory, '-e', join(directory, 'error.log'), '-c', join(directory, 'nginx.conf'), '-g', 'daemon off;'],
        ]
      : ['haproxy.cfg', 'haproxy', ['-db', '-q', '-f', join(directory, 'haproxy.cfg')]];
  const ports = { 3000: port, 3001: targets[0], 3002: targets[1] };
  const text = readFileSync(join(CONFIGURATIONS, file), 'utf8').replace(
    /(127\.0\.0\.1:|listen |bind :)(300[012])/g,
    (_, before, from) => `${before === 'listen ' ? 'listen 127.0.0.1:' : before === 'bind :' ? 'bind 127.0.0.1:' : before}${ports[from]}`,
  );
  mkdirSync(join(directory, 'logs'));
  // What nginx writes beside: its process id and its own directories.
  const own = [
    'access_log off;',
    ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((it) => `${it}_temp_path ${directory}/${it};`),
  ];
  const runnable =
    name === 'nginx'
      ? `pid ${directory}/nginx.pid;\n${text.replace('http {', `http {\n${own.join('\n')}`)}`
      : text.replace('maxconn 32768', 'maxconn 4096');
  writeFileSync(join(directory, file), runnable);
  const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const failed = new Promise((_, reject) => child.once('error', reject));
  await Promise.race([sleep(1_000), failed]);
  if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}`);
  return {
    url: `http://127.0.0.1:${port}`,
    directory,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

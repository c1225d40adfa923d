import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createConnection, createServer, type AddressInfo } from 'node:net';

const PROGRAM = '/usr/bin/redis-server';

/** Whether this machine has a Redis to be tested with. */
export const hasRedis = existsSync(PROGRAM);

/** A Redis of a test's own that keeps nothing on disk. */
export interface TestRedis {
  readonly url: string;
  start(): Promise<void>;
  /** As by kill -9. */
  kill(): Promise<void>;
  /** @returns what it answers to a command in its own protocol, as text */
  ask(command: string): Promise<string>;
}

/** On a free port; not started yet. */
export async function testRedis(): Promise<TestRedis> {
  const port = await freePort();
  let server: ChildProcess | undefined;
  return {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      server = spawn(PROGRAM, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: 'ignore' });
      while ((await ask(port, 'PING').catch(() => '')) !== '+PONG') await new Promise((resolve) => setTimeout(resolve, 20));
    },
    async kill() {
      const ended = new Promise((resolve) => server?.once('exit', resolve));
      if (server?.kill('SIGKILL')) await ended;
      server = undefined;
    },
    ask: (command) => ask(port, command),
  };
}

function ask(port: number, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(port, '127.0.0.1', () => socket.write(`${command}\r\n`));
    socket.once('data', (answer) => {
      socket.destroy();
      resolve(answer.toString().trim());
    });
    socket.once('error', reject);
  });
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

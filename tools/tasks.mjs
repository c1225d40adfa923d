/** The tasks behind the npm scripts, on the Node and the packages run.mjs provides: `tasks.mjs <task> [arguments]`. */
import { Failure } from './toolchain/phase.mjs';

/** Each task is loaded when it runs, so that starting a server does not load the compilers. */
const tasks = {
  start: async () => (await import('./tasks/start.mjs')).start(),
  build: async (args) => (await import('./tasks/build.mjs')).build(args),
  dev: async () => (await import('./tasks/dev.mjs')).dev(),
  test: async (args) => (await import('./tasks/test.mjs')).test(args),
  check: async (args) => (await import('./tasks/test.mjs')).check(args),
  lint: async () => (await import('./tasks/lint.mjs')).lint(),
  format: async (args) => (await import('./tasks/format.mjs')).format(args),
  generate: async () => (await import('./tasks/generate.mjs')).generate(),
  'generate:check': async () => (await import('./tasks/generate.mjs')).generateCheck(),
  'db:migration': async (args) => (await import('./tasks/database.mjs')).createMigration(args),
  'db:migrate': async () => (await import('./tasks/database.mjs')).migrateDatabase(),
  'db:reset': async (args) => (await import('./tasks/database.mjs')).resetDatabase(args),
  'db:seed': async () => (await import('./tasks/database.mjs')).seedDatabase(),
  e2e: async (args) => (await import('./tasks/test.mjs')).e2e(args),
  bench: async (args) => (await import('./tasks/scripts.mjs')).bench(args),
};

/** For every tool the tasks run: nothing in the background, nothing sent anywhere, plain output. */
const quiet = { NX_DAEMON: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true', NG_CLI_ANALYTICS: 'false' };

async function main() {
  Object.assign(process.env, quiet);
  // The channel to run.mjs closes when that is killed.
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel?.unref();
  const [name, ...args] = process.argv.slice(2);
  const task = Object.hasOwn(tasks, name ?? '') ? tasks[name] : undefined;
  if (!task) throw new Failure(`Usage: node tools/run.mjs <task>\nTasks: ${Object.keys(tasks).join(', ')}`);
  process.exitCode = (await task(args)) ?? 0;
}

main().catch((error) => {
  process.stderr.write(`${error instanceof Failure ? error.message : error.stack}\n`);
  process.exitCode = 1;
});

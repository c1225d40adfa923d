#!/usr/bin/env node
/** Fuzzes every route of a running server by its OpenAPI document. */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { foreignOrganization } from './foreign.mjs';
import { runFuzz } from './fuzz.mjs';

const USAGE = `  node tools/fuzz/run.mjs --url http://127.0.0.1:3000 --token TOKEN [--inputs 5000] [--seed S] [--database URL] [--only "POST /api/v1/holds"]

  --database  owner URL: compares state by SQL and names things of a second organization
Exit status 1 on any failure; each is printed as one curl command.`;

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    token: { type: 'string' },
    inputs: { type: 'string', default: '5000' },
    seed: { type: 'string' },
    database: { type: 'string' },
    only: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

async function main() {
  if (values.help || !values.url || !values.token) {
    console.log(USAGE);
    return values.help;
  }
  const seed = Number(values.seed ?? randomInt(2 ** 31));
  console.log(`seed ${seed}`);
  const foreign = values.database ? await foreignOrganization(values.database) : {};
  const { url, token, only, database: databaseUrl } = values;
  const { failures, neverAccepted, statuses, inputs, seconds } = await runFuzz({
    url,
    token,
    seed,
    only,
    inputs: Number(values.inputs),
    databaseUrl,
    ...foreign,
  });
  for (const failure of failures)
    console.log(`\n${failure.rule} × ${failure.times}: ${failure.operation} (${failure.mutation})\n${failure.detail}\n${failure.curl}`);
  console.log(`\n${inputs} inputs in ${seconds.toFixed(1)} s, seed ${seed}; answers ${JSON.stringify(statuses)}`);
  if (neverAccepted.length > 0) console.log(`Never accepted: ${neverAccepted.join(', ')}`);
  console.log(failures.length === 0 ? 'No failure.' : `${failures.length} failures.`);
  return failures.length === 0;
}

process.exitCode = (await main()) ? 0 : 1;

#!/usr/bin/env node
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { readHistory, writeHistory } from './history.mjs';
import { check } from './invariants/index.mjs';
import { runChecker } from './run-checker.mjs';

const USAGE = `The history checker: random reservations from many clients, judged by what was answered.

  node tools/checker/run.mjs --url http://127.0.0.1:3000 --token TOKEN [--clients 32] [--operations 10000] [--seed S] [--out FILE]
  node tools/checker/run.mjs --url … --username admin --password …
  node tools/checker/run.mjs --check FILE          judge a stored history again

  --people 8   --cut 0.02 (connections destroyed after sending)   --double 0.02 (sent twice at once)   --abandoned 12 (holds left to expire)
Exit status 1 on any violation or 5xx.`;

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    token: { type: 'string' },
    username: { type: 'string' },
    password: { type: 'string' },
    clients: { type: 'string', default: '32' },
    people: { type: 'string', default: '8' },
    operations: { type: 'string', default: '10000' },
    seed: { type: 'string' },
    out: { type: 'string' },
    cut: { type: 'string', default: '0.02' },
    double: { type: 'string', default: '0.02' },
    abandoned: { type: 'string', default: '12' },
    check: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

/** Signs in when no token is given. */
async function tokenFor({ url, token, username, password }) {
  if (token) return token;
  const body = new URLSearchParams({ grant_type: 'password', username, password });
  const answer = await fetch(new URL('/api/v1/token', url), { method: 'POST', body });
  if (!answer.ok) throw new Error(`Signing in answered ${answer.status}`);
  return (await answer.json()).access_token;
}

function report(violations) {
  for (const [invariant, items] of Map.groupBy(violations, (it) => it.invariant)) {
    console.log(`\n${invariant}: ${items.length} violations`);
    for (const { detail, operations } of items.slice(0, 3)) {
      console.log(`  ${detail}`);
      operations
        .slice(0, 6)
        .forEach((operation) => console.log(`    ${JSON.stringify({ ...operation, result: { ...operation.result, rows: undefined } })}`));
    }
  }
  console.log(violations.length === 0 ? '\nNo violation.' : `\n${violations.length} violations.`);
}

async function main() {
  if (values.check) {
    const violations = check(readHistory(values.check));
    report(violations);
    return violations.length === 0;
  }
  if (values.help || !values.url || !(values.token || values.username)) {
    console.log(USAGE);
    return values.help;
  }
  const seed = Number(values.seed ?? randomInt(2 ** 31));
  console.log(`seed ${seed}`);
  const numbers = ['clients', 'people', 'operations', 'cut', 'double', 'abandoned'].map((name) => [name, Number(values[name])]);
  const { history, violations, figures } = await runChecker({
    url: values.url,
    token: await tokenFor(values),
    seed,
    ...Object.fromEntries(numbers),
  });
  if (values.out) await writeHistory(values.out, history);
  const { byKind, ...totals } = figures;
  console.log(JSON.stringify(totals));
  console.table(byKind);
  report(violations);
  return violations.length === 0 && Object.keys(figures.serverErrors).length === 0;
}

process.exitCode = (await main()) ? 0 : 1;

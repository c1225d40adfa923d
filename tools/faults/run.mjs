#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { runFaults } from './run-faults.mjs';

const { values } = parseArgs({
  options: {
    reservations: { type: 'string', default: '20000' },
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const say = (line) => void process.stdout.write(`${line}\n`);
say(`seed ${values.seed}`);
const { figures, wrong } = await runFaults({
  reservations: Number(values.reservations),
  kills: Number(values.kills),
  seed: Number(values.seed),
  say,
});
say(JSON.stringify(figures));
for (const it of wrong.slice(0, 50)) say(it);
if (wrong.length > 0) say(`${wrong.length} wrong`);
process.exit(wrong.length > 0 ? 1 : 0);

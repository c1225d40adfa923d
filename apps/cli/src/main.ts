#!/usr/bin/env node
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from './run';

process.exitCode = await run(process.argv.slice(2), {
  environment: process.env,
  out: (text) => void process.stdout.write(`${text}\n`),
  tell: (text) => void process.stderr.write(`${text}\n`),
  wait: (milliseconds) => sleep(milliseconds),
  now: () => Date.now(),
});

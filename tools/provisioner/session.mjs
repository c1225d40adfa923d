// What sshd runs for a key the provisioner let in: the shell or command that was asked for, until the reservation ends.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

const [stateFile = '', reservationId = '', writtenEnd = '', warnMinutes = '10'] = process.argv.slice(2);
const LOOK_MS = 1_000;
const GRACE_MS = 2_000;

const shell = process.env['SHELL'] ?? '/bin/sh';
const asked = process.env['SSH_ORIGINAL_COMMAND'];
const child = spawn(shell, asked ? ['-c', asked] : ['-l'], { stdio: 'inherit', detached: !process.stdin.isTTY });

let known = writtenEnd;
let warnedOf;

/** The end as it is now; the last one known where the file cannot be read, and undefined when nothing is granted any more. */
function endNow() {
  try {
    const grant = JSON.parse(readFileSync(stateFile, 'utf8')).grants[reservationId];
    if (grant) known = grant.end;
    return grant?.end;
  } catch {
    return known;
  }
}

function end(words) {
  clearInterval(timer);
  process.stderr.write(`\r\n${words}\r\n`);
  const target = process.stdin.isTTY ? child.pid : -child.pid;
  const kill = (signal) => {
    try {
      process.kill(target, signal);
    } catch {
      // It has gone by itself.
    }
  };
  kill('SIGHUP');
  setTimeout(() => (kill('SIGKILL'), process.exit(1)), GRACE_MS);
}

function look() {
  const until = endNow();
  const left = until === undefined ? 0 : Date.parse(until) - Date.now();
  if (left <= 0) return end('Your reservation is over.');
  if (left <= Number(warnMinutes) * 60_000 && warnedOf !== until) {
    warnedOf = until;
    process.stderr.write(`\r\nYour reservation ends at ${until}, in ${Math.ceil(left / 60_000)} minutes.\r\n`);
  }
  return undefined;
}

const timer = setInterval(look, LOOK_MS);
look();
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));

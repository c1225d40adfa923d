import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {{ start: string, end: string, username: string, keys: string[] }} Grant who may come in, until when
 * @typedef {{ id: string, body: { reservationId: string, outcome: 'granted' | 'revoked' | 'failed', message?: string } }} Report
 * @typedef {{ grants: Record<string, Grant>, over: Record<string, string>, reports: Report[] }} State
 */

const SESSION = fileURLToPath(new URL('./session.mjs', import.meta.url));
const KEY = /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)) ([A-Za-z0-9+/]+=*)(?: |$)/;
/** Ends are remembered, so that a start that comes late lets nobody in. */
const KEPT_MS = 40 * 86_400_000;

/** What is granted now, in a file that is whole at every moment, and the keys sshd reads, which follow from it. */
export class Grants {
  /** @param {{ stateFile: string, keysFile: string, warnMinutes: number }} where */
  constructor({ stateFile, keysFile, warnMinutes }) {
    this.stateFile = stateFile;
    this.keysFile = keysFile;
    this.warnMinutes = warnMinutes;
    /** @type {State} */
    this.state = readState(stateFile);
    this.writeKeys();
  }

  /** @param {(state: State) => void} change */
  change(change) {
    change(this.state);
    const oldest = new Date(Date.now() - KEPT_MS).toISOString();
    for (const [id, at] of Object.entries(this.state.over)) if (at < oldest) delete this.state.over[id];
    replace(this.stateFile, JSON.stringify(this.state, undefined, 1));
    this.writeKeys();
  }

  /** sshd itself takes no key after the end, and the session ends itself: neither needs this program to live. */
  writeKeys() {
    const lines = Object.entries(this.state.grants).flatMap(([id, { end, keys }]) =>
      keys.map((key) => {
        const command = [process.execPath, SESSION, this.stateFile, id, end, String(this.warnMinutes)].map((it) => `'${it}'`).join(' ');
        return `expiry-time="${expiryOf(end)}",restrict,pty,command="${command}" ${key} berth:${id}`;
      }),
    );
    replace(this.keysFile, lines.map((it) => `${it}\n`).join(''));
  }
}

/** A public key without its comment, which may be anything; undefined for what is none. */
export const plainKey = (line) => KEY.exec(line)?.slice(1, 3).join(' ');

/** `YYYYMMDDHHMMSSZ` of sshd(8). */
const expiryOf = (instant) => `${new Date(instant).toISOString().replace(/[-:T]|\..*/g, '')}Z`;

/** @returns {State} */
function readState(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return { grants: {}, over: {}, reports: [] };
  }
}

function replace(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

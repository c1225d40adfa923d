/** One installation, one build at a time in one clone. */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './phase.mjs';

/**
 * Does the work while no other process of this clone does its own. The lock of a process that was killed is broken.
 * @template T
 * @param {string} lock path of the lock, for instance `.toolchain/install.lock`
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function alone(lock, work) {
  const own = identityOf(process.pid) ?? '';
  await acquire(lock, own);
  const release = () => readIfThere(lock) === own && rmSync(lock, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    release();
    process.off('exit', release);
  }
}

/** @param {string} lock @param {string} own */
async function acquire(lock, own) {
  for (let told = false; ; await sleep(300)) {
    if (tryLink(lock, own)) return;
    const holder = readIfThere(lock);
    if (holder === undefined) continue;
    if (holder !== own && isAlive(holder)) {
      if (!told) say(`Waiting for process ${Number.parseInt(holder, 10)} (${basename(lock, '.lock')}) …`);
      told = true;
    } else {
      breakLock(lock, holder);
    }
  }
}

/** Creates the lock with its content in one step. @param {string} lock @param {string} own */
function tryLink(lock, own) {
  const draft = `${lock}.${process.pid}`;
  writeFileSync(draft, own);
  try {
    linkSync(draft, lock);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Two may find the same dead holder: whoever moves away a lock that is alive by then puts it back. */
function breakLock(/** @type {string} */ lock, /** @type {string} */ holder) {
  const moved = `${lock}.${process.pid}.broken`;
  try {
    renameSync(lock, moved);
    if (readFileSync(moved, 'utf8') !== holder) linkSync(moved, lock);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(moved, { force: true });
  }
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** @param {string} holder */
function isAlive(holder) {
  return identityOf(Number.parseInt(holder, 10)) === holder;
}

/** Number and start time: the number of a killed process is soon given to another one. @param {number} pid */
function identityOf(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return undefined;
  }
  try {
    const [state, ...rest] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    // Killed, but nobody has collected it: in a container without an init, nobody will.
    return state === 'Z' ? undefined : `${pid} ${rest[18]}`;
  } catch {
    return `${pid}`;
  }
}

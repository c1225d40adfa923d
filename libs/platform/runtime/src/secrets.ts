import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config';

const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals what must not lie in the database in the clear: AES-256-GCM, bound to the place it belongs to. */
export class Secrets {
  constructor(private readonly key: Buffer) {}

  /** @param place table, row and column; opening it for another place fails, so sealed values cannot be swapped between rows */
  seal(plain: string | Buffer, place: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(place));
    const body = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([Buffer.from([FORMAT]), nonce, cipher.getAuthTag(), body]);
  }

  /** @throws Error when the value was changed, sealed with another key or belongs to another place */
  open(sealed: Buffer, place: string): Buffer {
    if (sealed[0] !== FORMAT) throw new Error('sealed value has an unknown format');
    const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
    const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(place)).setAuthTag(tag);
    return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  }

  /**
   * What only this installation can say of some bytes: HMAC-SHA-256.
   * @param purpose each has a key of its own, so that what is signed for one thing is worth nothing for another
   */
  sign(message: Buffer, purpose: string): Buffer {
    const key = Buffer.from(hkdfSync('sha256', this.key, '', `berth sign ${purpose}`, 32));
    return createHmac('sha256', key).update(message).digest();
  }
}

/** The key from the configuration, or one generated once and kept in the data directory, readable by its owner only. */
export function installationSecrets(config: Pick<Config, 'secretKey' | 'dataDir'>): Secrets {
  if (config.secretKey) return new Secrets(config.secretKey);
  const file = join(config.dataDir, 'secret.key');
  try {
    return new Secrets(Buffer.from(readFileSync(file, 'utf8').trim(), 'hex'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  mkdirSync(config.dataDir, { recursive: true });
  try {
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    // Another process of the same data directory was first: its key is the key.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return new Secrets(Buffer.from(readFileSync(file, 'utf8').trim(), 'hex'));
}

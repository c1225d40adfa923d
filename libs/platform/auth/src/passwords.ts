import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Injectable } from '@nestjs/common';

const derive = promisify(argon2);
/** OWASP's floor for argon2id: 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
/** Hashing takes memory and a thread each: more at once would only starve everything else. */
const MAX_AT_ONCE = 4;

/** Hashes and checks passwords: argon2id in PHC string form, NFC once, never truncated. */
@Injectable()
export class Passwords {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly decoy = this.hash(randomBytes(16).toString('hex'));

  async hash(password: string): Promise<string> {
    const salt = randomBytes(16);
    const tag = await this.derive(password, salt, COST);
    const unpadded = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');
    return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${unpadded(salt)}$${unpadded(tag)}`;
  }

  /** @param stored null or undefined when nobody has that name: as much work is done, so the time tells nothing */
  async matches(password: string, stored: string | null | undefined): Promise<boolean> {
    const [, , , cost, salt, tag] = (stored ?? (await this.decoy)).split('$');
    const [memory, passes, parallelism] = (cost ?? '').split(',').map((it) => Number(it.slice(2)));
    if (!memory || !passes || !parallelism || !salt || !tag) throw new Error('a stored password hash has an unknown form');
    const expected = Buffer.from(tag, 'base64');
    const actual = await this.derive(password, Buffer.from(salt, 'base64'), { memory, passes, parallelism, tagLength: expected.length });
    return timingSafeEqual(actual, expected) && stored != null;
  }

  private async derive(password: string, nonce: Buffer, cost: typeof COST): Promise<Buffer> {
    while (this.running >= MAX_AT_ONCE) await new Promise<void>((free) => this.waiting.push(free));
    this.running++;
    try {
      return await derive('argon2id', { message: Buffer.from(password.normalize('NFC')), nonce, ...cost });
    } finally {
      this.running--;
      this.waiting.shift()?.();
    }
  }
}

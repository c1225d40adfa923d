import type { Tx } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';
import type { AccountId } from './one-time-codes';

const CODES = 10;
const BYTES = 16;
/** Base 32 as people can read it aloud: no I, L, O and U (Crockford). */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Ten codes of 128 random bits that stand in for the second factor, each once. They are shown once and only hashes are kept. */
@Injectable()
export class RecoveryCodes {
  constructor(private readonly clock: Clock) {}

  /** New ones; the old ones are good for nothing from now on. */
  async renew(tx: Tx, account: AccountId): Promise<string[]> {
    const codes = Array.from({ length: CODES }, () => write(randomBytes(BYTES)));
    await this.remove(tx, account);
    await tx.sql`
      insert into recovery_code (hash, org_id, account_id, created_at)
      select hash, ${account.organizationId}, ${account.id}, ${this.clock.now()} from unnest(${codes.map((it) => hashOf(it, account))}::bytea[]) as hash`;
    return codes;
  }

  /** Whether the code was one of the account's and had not been used; it is now. */
  async use(tx: Tx, account: AccountId, code: string): Promise<boolean> {
    const used = await tx.sql`
      update recovery_code set used_at = ${this.clock.now()}
      where hash = ${hashOf(code, account)} and org_id = ${account.organizationId} and account_id = ${account.id} and used_at is null
      returning hash`;
    return used.length > 0;
  }

  async remove(tx: Tx, account: AccountId): Promise<void> {
    await tx.sql`delete from recovery_code where org_id = ${account.organizationId} and account_id = ${account.id}`;
  }
}

/** `7ZQK3-…`: 26 letters in groups. */
function write(bytes: Buffer): string {
  const bits = [...bytes].map((it) => it.toString(2).padStart(8, '0')).join('');
  const letters = bits.padEnd(130, '0').match(/.{5}/g) ?? [];
  const text = letters.map((it) => LETTERS[Number.parseInt(it, 2)]).join('');
  return text.match(/.{1,7}/g)?.join('-') ?? '';
}

/** However it was written down: case, spaces and hyphens say nothing. */
function hashOf(code: string, account: AccountId): Buffer {
  const plain = code
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return createHash('sha256').update(`${account.id}/${plain}`).digest();
}

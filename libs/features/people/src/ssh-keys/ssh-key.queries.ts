import { formatInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';
import { writeSshPublicKey } from './ssh-public-key';

/** A public key as its owner sees it. */
export interface OwnSshKey {
  readonly id: string;
  readonly algorithm: string;
  readonly bits: number;
  readonly comment: string;
  /** `SHA256:…` as OpenSSH shows it. */
  readonly fingerprint: string;
  /** One line of `authorized_keys`. */
  readonly publicKey: string;
  readonly createdAt: string;
}

interface KeyRow {
  id: string;
  algorithm: string;
  bits: number;
  blob: Buffer;
  comment: string;
  fingerprint: string;
  created_at: Date;
}

const MAX_SHOWN = 200;

/** Reads public keys. */
@Injectable()
export class SshKeyQueries {
  constructor(private readonly database: Database) {}

  /** Keys of the actor, oldest first; 200 at most. */
  async own(actor: Actor): Promise<OwnSshKey[]> {
    const rows = await this.database.of(actor.organizationId).sql<KeyRow>`
      select id, algorithm, bits, blob, comment, fingerprint, created_at from ssh_key
      where org_id = ${actor.organizationId} and account_id = ${actor.accountId}
      order by created_at, id
      limit ${MAX_SHOWN}`;
    return rows.map(({ id, algorithm, bits, blob, comment, fingerprint, created_at: createdAt }) => ({
      id,
      algorithm,
      bits,
      comment,
      fingerprint,
      publicKey: writeSshPublicKey({ algorithm, blob, comment }),
      createdAt: formatInstant(createdAt),
    }));
  }
}

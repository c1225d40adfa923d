import { catalogueEvent, Problem } from '@berth/contracts';
import { formatInstant, newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { brokenConstraint, Database, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { readSshPublicKey, type SshKeyFault, type SshPublicKey, writeSshPublicKey } from './ssh-public-key';
import type { OwnSshKey } from './ssh-key.queries';

const details: Readonly<Record<SshKeyFault, string>> = {
  'ssh-private-key': 'is a private key: keep it, and give the public one',
  'ssh-one-line': 'takes one key on one line',
  'ssh-options': 'takes no options in front of the key',
  'ssh-algorithm': 'takes ed25519, RSA and ECDSA keys',
  'ssh-malformed': 'is no whole key',
  'ssh-too-short': 'takes RSA keys of 2048 bits at least',
  'ssh-comment': 'has a comment of more than 255 characters or with control characters',
};

/** Adds a public key of the actor's own. */
@Injectable()
export class AddSshKey {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `validation-failed` with what is wrong with the key, `already-exists` when it is somebody's already */
  execute(actor: Actor, text: string): Promise<OwnSshKey> {
    const key = readSshPublicKey(text);
    if (typeof key === 'string') {
      throw new Problem('validation-failed', { errors: [{ pointer: '/publicKey', code: key, detail: details[key] }] });
    }
    return this.database.transaction(actor, async (tx) => {
      const id = newId();
      const now = this.clock.now();
      await insert(tx, actor, id, key, now);
      await this.outbox.append(
        tx,
        actor,
        catalogueEvent('ssh_key.added', { id, name: key.comment, after: { fingerprint: key.fingerprint } }),
      );
      const { algorithm, bits, comment, fingerprint } = key;
      return { id, algorithm, bits, comment, fingerprint, publicKey: writeSshPublicKey(key), createdAt: formatInstant(now) };
    });
  }
}

async function insert(tx: Tx, actor: Actor, id: string, key: SshPublicKey, now: Date): Promise<void> {
  try {
    await tx.sql`
      insert into ssh_key (id, org_id, account_id, algorithm, bits, blob, comment, fingerprint, created_at)
      values (${id}, ${actor.organizationId}, ${actor.accountId}, ${key.algorithm}, ${key.bits}, ${key.blob}, ${key.comment}, ${key.fingerprint}, ${now})`;
  } catch (error) {
    if (brokenConstraint(error) !== 'ssh_key_unique') throw error;
    throw new Problem('already-exists', { errors: [{ pointer: '/publicKey', code: 'taken', detail: 'is in use already' }] });
  }
}

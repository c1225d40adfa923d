import { catalogueEvent, permissionsOf, Problem, type Role } from '@berth/contracts';
import { insertAccount, useInvitationOf } from '@berth/people';
import { demandGrantable, demandNotAbove } from '@berth/platform/auth';
import type { Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { insertLinked } from '../linked/linked-identity.store';
import type { KnownProvider } from '../providers/provider';
import { rightsOfConfigurer } from './apply-mapping';
import { type Identity, usernameOf } from './identity';

/**
 * Makes the account of somebody a provider vouches for, where it may: for who was invited, or for anyone it knows. An account
 * that has the address already is never taken over: its owner signs in to it once and links the two.
 */
@Injectable()
export class JoinThroughProvider {
  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns the account and its link
   * @throws Problem `account-link-required`, `email-not-proved`, `sign-in-refused`
   */
  async execute(tx: Tx, provider: KnownProvider, identity: Identity, requestId: string): Promise<{ accountId: string; linkId: string }> {
    const email = provenAddress(provider, identity);
    await demandNew(tx, provider, email);
    const now = this.clock.now();
    const invitation = provider.admits === 'linked' ? undefined : await useInvitationOf(tx, provider.organizationId, email, now);
    const role = invitation?.role ?? (provider.admits === 'anyone' ? provider.newRole : undefined);
    if (!role) throw refused();

    const { organizationId } = provider;
    const username = await freeUsername(tx, usernameOf(identity));
    const displayName = identity.displayName ?? username;
    const account = { organizationId, username, email, displayName, passwordHash: null, role, emailVerified: true };
    const row = await insertAccount(tx, account, now);
    await this.demandConfigurerMayAdd(tx, provider, row.id, role);
    const linkId = await insertLinked(tx, provider, row.id, identity, now);
    if (!linkId) throw refused();
    const doer = { organizationId, accountId: row.id, requestId };
    await this.outbox.append(
      tx,
      doer,
      ...(invitation ? [catalogueEvent('invitation.accepted', { id: invitation.id })] : []),
      catalogueEvent('user.created', { id: row.id, name: row.display_name, after: { role, provider: provider.key } }),
      catalogueEvent('linked_identity.added', { id: linkId, name: provider.name, after: { accountId: row.id } }),
    );
    return { accountId: row.id, linkId };
  }

  /** Whoever set the provider up could add this person themselves, with the groups that have them by rule. */
  private async demandConfigurerMayAdd(tx: Tx, provider: KnownProvider, accountId: string, role: Role): Promise<void> {
    const rights = await rightsOfConfigurer(tx, provider, this.clock.now());
    if (!rights) throw refused();
    try {
      demandGrantable(rights, permissionsOf[role], undefined, null);
      await demandNotAbove(tx, rights, provider.organizationId, accountId);
    } catch (error) {
      // What is missing is theirs; it is nothing to the person at the door.
      throw error instanceof Problem ? refused() : error;
    }
  }
}

/** What an unproved address would find must not be told: the answer is the same whether there is such an account. */
function provenAddress(provider: KnownProvider, { email, emailVerified }: Identity): string {
  if (email !== null && (emailVerified || provider.trustsEmails)) return email;
  throw provider.admits === 'linked' ? refused() : new Problem('email-not-proved');
}

async function demandNew(tx: Tx, provider: KnownProvider, email: string): Promise<void> {
  const [here] = await tx.sql<{ org_id: string }>`select org_id from account where lower(email) = lower(${email})`;
  if (here?.org_id === provider.organizationId) throw new Problem('account-link-required', { provider: provider.name, email });
  if (here) throw refused();
}

const MOST_TRIES = 9;

/** The name, or the next that is free. */
async function freeUsername(tx: Tx, wanted: string): Promise<string> {
  const candidates = [wanted, ...Array.from({ length: MOST_TRIES }, (_, i) => `${wanted}-${i + 2}`)];
  const taken = await tx.sql<{ name: string }>`
    select lower(username) as name from account where lower(username) = any(${candidates.map((it) => it.toLowerCase())}::text[])`;
  const names = new Set(taken.map((it) => it.name));
  return candidates.find((it) => !names.has(it.toLowerCase())) ?? `${wanted}-${randomBytes(4).toString('hex')}`;
}

const refused = (): Problem => new Problem('sign-in-refused');

import { giveManagedRole, managedRoles, takeManagedRole } from '@berth/access';
import { catalogueEvent, Problem } from '@berth/contracts';
import { addManagedMember, managedGroups, removeManagedMember } from '@berth/people';
import { type Rights, rightsUnderLock } from '@berth/platform/auth';
import type { Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { KnownProvider, Mapping } from '../providers/provider';
import { demandMayMap } from '../providers/provider-rights';
import type { Identity } from './identity';

type Giver = Pick<KnownProvider, 'id' | 'organizationId' | 'configuredBy'>;

/**
 * Puts a person into the groups, and gives them the roles, that the provider's mapping says, and takes away what it gave before
 * and says no more. What somebody gave by hand stays. Nothing is given that whoever set the provider up could not give now.
 */
@Injectable()
export class ApplyMapping {
  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** In the transaction that signs the person in. */
  async execute(tx: Tx, provider: KnownProvider, identity: Identity, accountId: string, requestId: string | null): Promise<void> {
    const held = { group: new Set(identity.groups), role: new Set(identity.roles) };
    await this.write(
      tx,
      provider,
      accountId,
      provider.mapping.filter((it) => held[it.source].has(it.value)),
      requestId,
    );
  }

  /** Takes all away that a provider gave. */
  withdraw(tx: Tx, provider: Giver, accountId: string, requestId: string | null): Promise<void> {
    return this.write(tx, provider, accountId, [], requestId);
  }

  private async write(tx: Tx, provider: Giver, accountId: string, wanted: readonly Mapping[], requestId: string | null): Promise<void> {
    const { id: providerId, organizationId, configuredBy } = provider;
    const has = { groups: await managedGroups(tx, providerId, accountId), roles: await managedRoles(tx, providerId, accountId) };
    const isNew = ({ groupId, roleId }: Mapping): boolean => !has.groups.includes(groupId ?? '') && !has.roles.includes(roleId ?? '');
    const added = await this.grantable(tx, provider, wanted.filter(isNew));
    const out = has.groups.filter((id) => !wanted.some((it) => it.groupId === id));
    const lost = has.roles.filter((id) => !wanted.some((it) => it.roleId === id));

    const now = this.clock.now();
    const whose = { organizationId, providerId, accountId, grantedBy: configuredBy };
    const joined = await addManagedMember(
      tx,
      whose,
      added.flatMap((it) => it.groupId ?? []),
      now,
    );
    await removeManagedMember(tx, whose, out);
    const events = [
      ...joined.map((id) => catalogueEvent('group.membership_changed', { id, after: { accountId, providerId } })),
      ...out.map((id) => catalogueEvent('group.membership_changed', { id, before: { accountId, providerId } })),
    ];
    for (const role of new Set(added.flatMap((it) => it.roleId ?? []))) {
      const id = await giveManagedRole(tx, whose, role, now);
      if (id) events.push(catalogueEvent('role.assigned', { id, after: { role, accountId, providerId } }));
    }
    for (const role of lost) {
      const id = await takeManagedRole(tx, whose, role);
      if (id) events.push(catalogueEvent('role.revoked', { id, before: { role, accountId, providerId } }));
    }
    await this.outbox.append(tx, { organizationId, accountId: null, requestId }, ...events);
  }

  /** Of what would be new, what whoever set the provider up may give at this moment. */
  private async grantable(tx: Tx, provider: Giver, wanted: readonly Mapping[]): Promise<Mapping[]> {
    if (wanted.length === 0) return [];
    const rights = await rightsOfConfigurer(tx, provider, this.clock.now());
    const given: Mapping[] = [];
    if (rights) for (const it of wanted) if (await mayMap(tx, provider.organizationId, rights, it)) given.push(it);
    return given;
  }
}

/** What whoever set a provider up may do now; undefined when they are not here any more. */
export async function rightsOfConfigurer(tx: Tx, provider: Giver, now: Date): Promise<Rights | undefined> {
  const configurer = { organizationId: provider.organizationId, accountId: provider.configuredBy };
  return rightsUnderLock(tx, configurer, now).catch(unlessRefused(undefined));
}

const mayMap = (tx: Tx, organizationId: string, rights: Rights, mapping: Mapping): Promise<boolean> =>
  demandMayMap(tx, organizationId, rights, mapping).then(() => true, unlessRefused(false));

const unlessRefused =
  <T>(instead: T) =>
  (error: unknown): T => {
    if (error instanceof Problem) return instead;
    throw error;
  };

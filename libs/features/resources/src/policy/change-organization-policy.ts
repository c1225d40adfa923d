import { catalogueEvent, difference } from '@berth/contracts';
import { bumpEpoch, patchedPolicy } from '@berth/places';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { demandVersion } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import type { PolicyPatch } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { type OrganizationPolicy, readOrganizationPolicy } from './organization-policy';

/** Changes the booking policy of the organization, which everything inherits that does not say otherwise. */
@Injectable()
export class ChangeOrganizationPolicy {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `precondition-failed` with what it is now, `validation-failed` with a pointer to everything that is wrong */
  execute(actor: Actor, { version, patch }: { readonly version: number; readonly patch: PolicyPatch }): Promise<OrganizationPolicy> {
    return this.database.transaction(actor, async (tx) => {
      const { organizationId } = actor;
      const current = await readOrganizationPolicy(tx, organizationId, 'lock');
      demandVersion(version, current.version, current);

      const policy = patchedPolicy(current.policy, patch);
      const changed = difference({ policy: current.policy }, { policy });
      if (!changed) return current;

      await tx.sql`update organization set policy = ${JSON.stringify(policy)}, version = version + 1 where id = ${organizationId}`;
      await bumpEpoch(tx, organizationId);
      const { id, name } = current;
      await this.outbox.append(tx, actor, catalogueEvent('organization.updated', { id, name, siteIds: [], ...changed }));
      return readOrganizationPolicy(tx, organizationId, 'look');
    });
  }
}

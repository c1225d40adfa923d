import { catalogueEvent, difference } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { demandVersion } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import type { PolicyPatch } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { bumpEpoch } from './epoch';
import { patchedPolicy } from './patched-policy';
import { readSite, siteForUpdate } from './places.queries';
import { updateSite } from './places.store';
import type { Site } from './site';
import { demandAtSite } from './visible-sites';

export interface ChangeSiteCommand {
  readonly id: string;
  /** Version the change was made on. */
  readonly version: number;
  /** Merge patch of its own values. */
  readonly patch: {
    readonly name?: string;
    readonly countryCode?: string | null;
    readonly timeZone?: string;
    readonly latitude?: number | null;
    readonly longitude?: number | null;
    readonly address?: string | null;
    readonly policy?: PolicyPatch | null;
  };
}

/** Changes a site. Its zone, its policy and, as the source of rules, its name count for the resources there. */
@Injectable()
export class ChangeSite {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `not-found`, `permission-denied`, `precondition-failed` with what it is now, `already-exists`, `validation-failed` */
  execute(actor: Actor, { id, version, patch }: ChangeSiteCommand): Promise<Site> {
    return this.database.transaction(actor, async (tx) => {
      const { organizationId } = actor;
      await demandAtSite(tx, actor, 'place:manage', id);
      const current = await siteForUpdate(tx, organizationId, id);
      demandVersion(version, current.version, current);

      const { name, countryCode, timeZone, latitude, longitude, address } = { ...current, ...patch };
      const values = { name, countryCode, timeZone, latitude, longitude, address, policy: patchedPolicy(current.policy, patch.policy) };
      const changed = difference(current, values);
      if (!changed) return current;

      await updateSite(tx, organizationId, id, values);
      await bumpEpoch(tx, organizationId);
      await this.outbox.append(tx, actor, catalogueEvent('site.updated', { id, name, siteIds: [id], ...changed }));
      return readSite(tx, organizationId, id);
    });
  }
}

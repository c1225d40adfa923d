import { catalogueEvent } from '@berth/contracts';
import { type Access, keepAccess, readAccess } from '@berth/places';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { demandVersion } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';
import { resourceForUpdate } from '../catalogue/resources.queries';
import { ResourceCatalogue } from '../resource-catalogue';
import { demandAtResource } from '../visible-resources';

export interface SetResourceAccessCommand {
  readonly id: string;
  /** Version of the resource the change was made on. */
  readonly version: number;
  readonly access: Access;
}

/** Says whom a resource is shown to, and who may book it. */
@Injectable()
export class SetResourceAccess {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `not-found`, `permission-denied`, `precondition-failed` with what it is now, `invalid-reference` */
  execute(actor: Actor, { id, version, access }: SetResourceAccessCommand): Promise<Access & { readonly version: number }> {
    return this.database.transaction(actor, async (tx) => {
      const { organizationId } = actor;
      await demandAtResource(tx, actor, 'resource:manage', id);
      const { name, site_id: siteId } = await resourceForUpdate(tx, organizationId, id);
      const current = await readAccess(tx, organizationId, { level: 'resource', id });
      demandVersion(version, current.version, current);
      await keepAccess(tx, organizationId, { level: 'resource', id }, access);
      const { version: _, ...before } = current;
      const change = { before: { access: before }, after: { access } };
      const siteIds = siteId === null ? [] : [siteId];
      await this.outbox.append(tx, actor, catalogueEvent('resource.updated', { id, name, siteIds, ...change }));
      tx.afterCommit(() => this.catalogue.forget(id));
      return readAccess(tx, organizationId, { level: 'resource', id });
    });
  }
}

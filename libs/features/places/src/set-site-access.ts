import { catalogueEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { demandVersion } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';
import { keepAccess, readAccess } from './access.store';
import { bumpEpoch } from './epoch';
import { siteForUpdate } from './places.queries';
import { type Access, demandAtSite } from './visible-sites';

export interface SetSiteAccessCommand {
  readonly id: string;
  /** Version of the site the change was made on. */
  readonly version: number;
  readonly access: Access;
}

/** Says whom a site and everything there is shown to, and who may book there. */
@Injectable()
export class SetSiteAccess {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `not-found`, `permission-denied`, `precondition-failed` with what it is now, `invalid-reference` */
  execute(actor: Actor, { id, version, access }: SetSiteAccessCommand): Promise<Access & { readonly version: number }> {
    return this.database.transaction(actor, async (tx) => {
      const { organizationId } = actor;
      await demandAtSite(tx, actor, 'place:manage', id);
      const { name } = await siteForUpdate(tx, organizationId, id);
      const current = await readAccess(tx, organizationId, { level: 'site', id });
      demandVersion(version, current.version, current);
      await keepAccess(tx, organizationId, { level: 'site', id }, access);
      await bumpEpoch(tx, organizationId);
      const { version: _, ...before } = current;
      const change = { before: { access: before }, after: { access } };
      await this.outbox.append(tx, actor, catalogueEvent('site.updated', { id, name, siteIds: [id], ...change }));
      return readAccess(tx, organizationId, { level: 'site', id });
    });
  }
}

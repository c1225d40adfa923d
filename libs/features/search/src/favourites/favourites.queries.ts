import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { visibleResources } from '@berth/resources';
import { Injectable } from '@nestjs/common';

/** A resource somebody has marked. */
export interface Favourite {
  readonly resourceId: string;
  readonly name: string;
}

/** Reads what people have marked; everybody sees their own only. */
@Injectable()
export class FavouritesQueries {
  constructor(private readonly database: Database) {}

  /** By name; what the actor may no longer see is left out. */
  all(actor: Actor): Promise<Favourite[]> {
    return this.database.of(actor.organizationId).sql<Favourite>`
      select r.id as "resourceId", r.name
      from favourite f join resource r on r.org_id = f.org_id and r.id = f.resource_id
      where f.org_id = ${actor.organizationId} and f.account_id = ${actor.accountId} and ${visibleResources(actor)}
      order by lower(r.name), r.id`;
  }
}

import { catalogueEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';
import { savedSearchForUpdate } from './saved-searches.queries';

/** Forgets a kept search. */
@Injectable()
export class DeleteSavedSearch {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `not-found` */
  execute(actor: Actor, id: string): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      const { name, query } = await savedSearchForUpdate(tx, actor, id);
      await tx.sql`delete from saved_search where org_id = ${actor.organizationId} and id = ${id}`;
      await this.outbox.append(tx, actor, catalogueEvent('saved_search.deleted', { id, before: { name, query } }));
    });
  }
}

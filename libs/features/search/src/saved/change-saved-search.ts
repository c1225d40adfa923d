import { catalogueEvent, Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { SavedQuery, SavedSearch } from './saved-search';
import { updateSavedSearch } from './saved-search.store';
import { savedSearchForUpdate } from './saved-searches.queries';

export interface ChangeSavedSearchCommand {
  readonly id: string;
  /** Version the change was made on; without it, whichever there is. */
  readonly version?: number;
  readonly patch: { readonly name?: string; readonly query?: SavedQuery };
}

/** Renames a kept search, or replaces what it asks for. */
@Injectable()
export class ChangeSavedSearch {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `precondition-failed` with what it is now, `already-exists` */
  execute(actor: Actor, { id, version, patch }: ChangeSavedSearchCommand): Promise<SavedSearch> {
    return this.database.transaction(actor, async (tx) => {
      const current = await savedSearchForUpdate(tx, actor, id);
      if (version !== undefined && version !== current.version) throw new Problem('precondition-failed', { current });

      const { name = current.name, query = current.query } = patch;
      const changed = await updateSavedSearch(tx, actor.organizationId, id, { name, query }, this.clock.now());
      const before = { name: current.name, query: current.query };
      await this.outbox.append(tx, actor, catalogueEvent('saved_search.updated', { id, before, after: { name, query } }));
      return changed;
    });
  }
}

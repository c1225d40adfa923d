import { catalogueEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { SavedQuery, SavedSearch } from './saved-search';
import { insertSavedSearch } from './saved-search.store';

/** Keeps a search of the actor's under a name. */
@Injectable()
export class SaveSearch {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `already-exists` when they keep one of that name, `validation-failed` when they keep too many */
  execute(actor: Actor, command: { readonly name: string; readonly query: SavedQuery }): Promise<SavedSearch> {
    return this.database.transaction(actor, async (tx) => {
      const saved = await insertSavedSearch(tx, actor, command, this.clock.now());
      await this.outbox.append(tx, actor, catalogueEvent('saved_search.created', { id: saved.id, after: { ...command } }));
      return saved;
    });
  }
}

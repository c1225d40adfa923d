import { Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';
import type { SavedSearch } from './saved-search';

/** Reads what people keep; everybody sees their own only. */
@Injectable()
export class SavedSearchesQueries {
  constructor(private readonly database: Database) {}

  /** By name. */
  all({ organizationId, accountId }: Actor): Promise<SavedSearch[]> {
    return this.database.of(organizationId).sql<SavedSearch>`
      select id, name, query, version from saved_search
      where org_id = ${organizationId} and account_id = ${accountId}
      order by lower(name), id`;
  }
}

/** One of the actor's own, locked until the transaction ends. @throws Problem `not-found` */
export async function savedSearchForUpdate(tx: Tx, { organizationId, accountId }: Actor, id: string): Promise<SavedSearch> {
  const [row] = await tx.sql<SavedSearch>`
    select id, name, query, version from saved_search
    where org_id = ${organizationId} and account_id = ${accountId} and id = ${id}
    for update`;
  if (!row) throw new Problem('not-found');
  return row;
}

import { Problem } from '@berth/contracts';
import { newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { brokenConstraint, type Tx } from '@berth/platform/database';
import { SAVED_AT_MOST, type SavedQuery, type SavedSearch } from './saved-search';

interface Values {
  readonly name: string;
  readonly query: SavedQuery;
}

/** @throws Problem `already-exists`, `validation-failed` when somebody keeps as many as they may */
export async function insertSavedSearch(
  tx: Tx,
  { organizationId, accountId }: Actor,
  { name, query }: Values,
  now: Date,
): Promise<SavedSearch> {
  const id = newId();
  const [row] = await nameIsFree(
    tx.sql<SavedSearch>`
      insert into saved_search (id, org_id, account_id, name, query, created_at, updated_at)
      select ${id}, ${organizationId}, ${accountId}, ${name}, ${JSON.stringify(query)}, ${now}, ${now}
      where (select count(*) from saved_search where org_id = ${organizationId} and account_id = ${accountId}) < ${SAVED_AT_MOST}
      returning id, name, query, version`,
  );
  if (row) return row;
  throw new Problem('validation-failed', {
    errors: [{ pointer: '', code: 'too-many', detail: `one person keeps at most ${SAVED_AT_MOST} searches` }],
  });
}

/** @throws Problem `already-exists` */
export async function updateSavedSearch(
  tx: Tx,
  organizationId: string,
  id: string,
  { name, query }: Values,
  now: Date,
): Promise<SavedSearch> {
  const [row] = await nameIsFree(
    tx.sql<SavedSearch>`
      update saved_search
      set name = ${name}, query = ${JSON.stringify(query)}, version = version + 1, updated_at = ${now}
      where org_id = ${organizationId} and id = ${id}
      returning id, name, query, version`,
  );
  return row!;
}

async function nameIsFree<T>(written: Promise<T[]>): Promise<T[]> {
  try {
    return await written;
  } catch (error) {
    if (brokenConstraint(error) !== 'saved_search_name_unique') throw error;
    throw new Problem('already-exists', { errors: [{ pointer: '/name', code: 'taken', detail: 'is in use already' }] });
  }
}

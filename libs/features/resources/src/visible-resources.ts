import type { Actor } from '@berth/platform/auth';
import { sql, type Statement } from '@berth/platform/database';
import type { ResourceTerms } from './resource-terms';

/**
 * Which resources an actor may see, as the condition every list and lookup carries; the table is called `r` there.
 * Everyone sees their organization's, only administrators the archived ones.
 */
export function visibleResources(actor: Pick<Actor, 'organizationId' | 'role'>): Statement {
  const own = sql`r.org_id = ${actor.organizationId}`;
  return actor.role === 'admin' ? own : sql`${own} and r.status <> 'archived'`;
}

/** The same rule for terms that were read already. */
export function maySee(actor: Pick<Actor, 'organizationId' | 'role'>, terms: Pick<ResourceTerms, 'organizationId' | 'state'>): boolean {
  return terms.organizationId === actor.organizationId && (actor.role === 'admin' || terms.state.status !== 'archived');
}

import { Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import type { Sql } from '@berth/platform/database';

const RECENT_MS = 10 * 60_000;

/**
 * Asks for a sign-in of the last ten minutes, before what a borrowed screen must not do where no password can be asked for.
 * @throws Problem `recent-sign-in-required`
 */
export async function demandRecentSignIn(db: Sql, actor: Pick<Actor, 'organizationId' | 'sessionId'>, now: Date): Promise<void> {
  const rows = await db.sql`
    select from session
    where org_id = ${actor.organizationId} and id = ${actor.sessionId} and created_at > ${new Date(now.getTime() - RECENT_MS)}`;
  if (rows.length === 0) throw new Problem('recent-sign-in-required');
}

import { Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import type { Sql } from '@berth/platform/database';
import { demandInReach } from './manages-reservation';

/**
 * The hold a booking names, where it still lives; one that ran out is no loss, the time is asked for anew.
 * @throws Problem `not-found` when there is no such hold of the actor
 */
export async function usableHold(tx: Sql, actor: Actor, holdId: string | null, now: Date): Promise<string | undefined> {
  if (holdId === null) return undefined;
  const [hold] = await tx.sql<{ status: string; hold_until: Date | null }>`
    select status, hold_until from reservation
    where org_id = ${actor.organizationId} and id = ${holdId} and coalesce(booked_by_id, organizer_id) = ${actor.accountId} and status in ('held', 'expired', 'released')`;
  if (!hold) throw new Problem('not-found', { detail: 'There is no such hold of yours.' });
  await demandInReach(tx, actor, holdId);
  return hold.status === 'held' && hold.hold_until !== null && hold.hold_until > now ? holdId : undefined;
}

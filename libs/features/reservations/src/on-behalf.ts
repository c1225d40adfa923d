import { Problem } from '@berth/contracts';
import { type Actor, demand, may, readRights, rightsColumns, type RightsRow, toRights } from '@berth/platform/auth';
import type { Sql } from '@berth/platform/database';
import type { ResourceTerms } from '@berth/resources';
import { brokenPersonLimits } from './person-limits';
import type { BookingWish, Party } from './wish';

/** The id of what is no reservation yet: it has nothing that would not count against itself. */
export const NOTHING_YET = '00000000-0000-0000-0000-000000000000';

/**
 * For whom a wish is.
 * @throws Problem `permission-denied` without the right to book for others, `invalid-reference` for somebody who may not book
 */
export async function whoBooks(
  db: Sql,
  actor: Actor,
  wish: Pick<BookingWish, 'onBehalfOf'>,
  now: Date,
): Promise<Omit<Party, 'violations'>> {
  const self = { id: actor.accountId, displayName: actor.displayName };
  const isForAnother = wish.onBehalfOf != null && wish.onBehalfOf !== actor.accountId;
  if (isForAnother) demand(actor, 'reservation:book-for');
  if (!isForAnother) return { organizer: self, bookedBy: null, groupIds: actor.groupIds };
  const { groupIds, ...organizer } = await whoMayBook(db, actor, wish.onBehalfOf ?? '', '/onBehalfOf', now);
  return { organizer, bookedBy: self, groupIds };
}

/**
 * For whom a wish is, with the limits per person it would break by what that person has now.
 * @throws Problem as `whoBooks`
 */
export async function partyOf(
  db: Sql,
  actor: Actor,
  wish: BookingWish,
  terms: ReadonlyMap<string, ResourceTerms>,
  now: Date,
): Promise<Party> {
  const who = await whoBooks(db, actor, wish, now);
  const items = [...terms.values()].map((resource) => ({ resource, quantity: wish.quantity }));
  // A hold counts for nobody, so one that is booked has nothing to leave out.
  const violations = await brokenPersonLimits(db, { ...wish, id: NOTHING_YET, organizerId: who.organizer.id, items, now });
  return { ...who, violations };
}

/**
 * A person of the organization who may have reservations.
 * @param pointer where the person stands in the request
 * @throws Problem `invalid-reference`
 */
export async function whoMayBook(
  db: Sql,
  actor: Actor,
  accountId: string,
  pointer: string,
  now: Date,
): Promise<Party['organizer'] & Pick<Party, 'groupIds'>> {
  const [person] = await db.sql<RightsRow & { id: string; display_name: string }>`
    select a.id, a.display_name, a.role, ${rightsColumns(now)}
    from account a
    where a.org_id = ${actor.organizationId} and a.id = ${accountId} and a.status = 'active'`;
  const detail = !person
    ? 'There is no such person.'
    : may(toRights(person), 'reservation:create')
      ? undefined
      : 'This person may not book.';
  if (!person || detail) throw new Problem('invalid-reference', { detail, errors: [{ pointer, code: 'unknown', detail: detail ?? '' }] });
  return { id: person.id, displayName: person.display_name, groupIds: person.group_ids };
}

/** Groups of whoever has a reservation: gates ask for whom it is, not who changes it. */
export async function groupsOf(db: Sql, actor: Actor, organizerId: string, now: Date): Promise<readonly string[]> {
  if (organizerId === actor.accountId) return actor.groupIds;
  return (await readRights(db, actor.organizationId, organizerId, now))?.groupIds ?? [];
}

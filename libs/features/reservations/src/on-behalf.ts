import { permissionsOf, Problem, type Role } from '@berth/contracts';
import { type Actor, demand } from '@berth/platform/auth';
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
export async function whoBooks(db: Sql, actor: Actor, wish: Pick<BookingWish, 'onBehalfOf'>): Promise<Omit<Party, 'violations'>> {
  const self = { id: actor.accountId, displayName: actor.displayName };
  const isForAnother = wish.onBehalfOf != null && wish.onBehalfOf !== actor.accountId;
  if (isForAnother) demand(actor, 'reservation:book-for');
  const organizer = isForAnother ? await whoMayBook(db, actor, wish.onBehalfOf ?? '', '/onBehalfOf') : self;
  return { organizer, bookedBy: isForAnother ? self : null };
}

/**
 * For whom a wish is, with the limits per person it would break by what that person has now.
 * @throws Problem as `whoBooks`
 */
export async function partyOf(db: Sql, actor: Actor, wish: BookingWish, terms: ReadonlyMap<string, ResourceTerms>): Promise<Party> {
  const who = await whoBooks(db, actor, wish);
  const items = [...terms.values()].map((resource) => ({ resource, quantity: wish.quantity }));
  // A hold counts for nobody, so one that is booked has nothing to leave out.
  const violations = await brokenPersonLimits(db, { ...wish, id: NOTHING_YET, organizerId: who.organizer.id, items });
  return { ...who, violations };
}

/**
 * A person of the organization who may have reservations.
 * @param pointer where the person stands in the request
 * @throws Problem `invalid-reference`
 */
export async function whoMayBook(db: Sql, actor: Actor, accountId: string, pointer: string): Promise<Party['organizer']> {
  const [person] = await db.sql<{ id: string; display_name: string; role: Role }>`
    select id, display_name, role from account where org_id = ${actor.organizationId} and id = ${accountId} and status = 'active'`;
  const detail = !person
    ? 'There is no such person.'
    : permissionsOf[person.role].has('reservation:create')
      ? undefined
      : 'This person may not book.';
  if (!person || detail) throw new Problem('invalid-reference', { detail, errors: [{ pointer, code: 'unknown', detail: detail ?? '' }] });
  return { id: person.id, displayName: person.display_name };
}

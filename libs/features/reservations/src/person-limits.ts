import { addMinutes, type Interval } from '@berth/kernel';
import type { Sql, Tx } from '@berth/platform/database';
import type { ResourceTerms } from '@berth/resources';
import { brokenLimits, hasPersonLimits, limitWindow, LONGEST_RESERVATION, type PersonalClaim } from '@berth/scheduling';
import { quotaHolder } from './quota-holder';
import type { Claim } from './reservation';
import { refuse, type ResourceViolation } from './wish';

/** What limits per person are counted for: a claim, or a wish on its way to become one. */
export interface LimitedClaim extends Interval {
  /** The reservation that is placed or changed; what it has now does not count against itself. */
  readonly id: string;
  readonly organizerId: string;
  /** When it is asked. */
  readonly now: Date;
  readonly items: readonly { readonly resource: ResourceTerms; readonly quantity: number }[];
}

/** Counts what one person would have, wish after wish. */
export interface PersonCount {
  /** The limits a claim would break by all that is counted so far. */
  readonly broken: (claim: LimitedClaim) => ResourceViolation[];
  /** From now on the person has this, too. */
  readonly add: (claim: LimitedClaim) => void;
}

/**
 * What the organizer of all these claims has at this moment, read once; asks nothing where there are no limits.
 * @param givenUp reservations whose time is given up for the claims: they do not count
 */
export async function countOfPerson(db: Sql, claims: readonly LimitedClaim[], givenUp: readonly string[] = []): Promise<PersonCount> {
  const windows = claims.flatMap((claim) =>
    claim.items.filter((it) => hasPersonLimits(it.resource)).map((it) => limitWindow(it.resource, claim)),
  );
  const [first] = claims;
  if (!first || windows.length === 0) return NOTHING_COUNTED;
  const ids = claims.map((it) => it.id);
  const has = await claimsOf(db, first.organizerId, ids, {
    start: new Date(Math.min(...windows.map((it) => it.start.getTime()))),
    end: new Date(Math.max(...windows.map((it) => it.end.getTime()))),
  });
  const asksQuotas = claims.some((claim) => claim.items.some((it) => it.resource.quotas.length > 0));
  const holder = asksQuotas ? await quotaHolder(db, first.organizerId, first.now) : undefined;
  const formers = new Set([...givenUp, ...ids]);
  const counted: PersonalClaim[] = has.filter((it) => !formers.has(it.reservationId));
  const person = holder && { holder, now: first.now };
  return {
    broken: (claim) => {
      const former = has.filter((it) => it.reservationId === claim.id);
      const wished = claim.items.map((it) => personalClaim(it, claim));
      return claim.items.flatMap(({ resource }, i) => {
        const besides = [...counted, ...wished.filter((_, other) => other !== i)];
        const terms = { ...resource, resourceId: resource.id };
        return brokenLimits(terms, wished[i]!, besides, former, person).map((it) => ({ ...it, resourceId: resource.id }));
      });
    },
    // Of several on their way none has an id yet, and each counts by itself.
    add: (claim) =>
      void counted.push(...claim.items.map((it) => ({ ...personalClaim(it, claim), reservationId: `added ${counted.length}` }))),
  };
}

const NOTHING_COUNTED: PersonCount = { broken: () => [], add: () => undefined };

/** The limits per person a claim breaks by what the person has at this moment. */
export const brokenPersonLimits = async (db: Sql, claim: LimitedClaim): Promise<ResourceViolation[]> =>
  (await countOfPerson(db, [claim])).broken(claim);

/**
 * Counts anew with the person locked, so that parallel requests cannot exceed a limit together. Where there is no limit
 * nobody is locked. Locks are taken in the order leaves, person, reservations, occupancy.
 * @throws Problem `policy-violation`
 */
export async function demandWithinLimits(tx: Tx, claim: Claim): Promise<void> {
  const limited = limitedClaim(claim);
  refuse((await countUnderLock(tx, [limited])).broken(limited));
}

/** The same for several claims of one person, each to be asked and added in its turn. */
export async function countUnderLock(tx: Tx, claims: readonly LimitedClaim[], givenUp: readonly string[] = []): Promise<PersonCount> {
  const limited = claims.find(({ items }) => items.some((it) => hasPersonLimits(it.resource)));
  if (!limited) return NOTHING_COUNTED;
  await lockPerson(tx, limited.organizerId);
  return countOfPerson(tx, claims, givenUp);
}

export const limitedClaim = (claim: Claim): LimitedClaim => ({ ...claim, organizerId: claim.organizer.id });

/** Lets nobody else count the reservations of this person until the transaction ends. */
export async function lockPerson(tx: Tx, accountId: string): Promise<void> {
  await tx.sql`select from account where org_id = ${tx.organizationId} and id = ${accountId} for no key update`;
}

/** What a person has within the span, and all that these reservations have now. */
async function claimsOf(db: Sql, accountId: string, reservationIds: readonly string[], span: Interval): Promise<PersonalClaim[]> {
  return db.sql`
    select r.id as "reservationId", r.starts_at as start, r.ends_at as end, i.resource_id as "resourceId", x.type_id as "typeId", x.site_id as "siteId", i.quantity
    from reservation r
    join reservation_item i on i.org_id = r.org_id and i.reservation_id = r.id
    join resource x on x.org_id = i.org_id and x.id = i.resource_id
    where r.org_id = current_org() and r.organizer_id = ${accountId} and r.status not in ('held', 'released', 'expired')
      and r.status in ('pending', 'confirmed', 'checked_in', 'completed')
      and ((r.starts_at < ${span.end} and r.ends_at > ${span.start} and r.starts_at > ${addMinutes(span.start, -LONGEST_RESERVATION)}) or r.id = any(${[...reservationIds]}::uuid[]))`;
}

const personalClaim = (
  { resource, quantity }: { readonly resource: ResourceTerms; readonly quantity: number },
  { id, start, end }: Pick<LimitedClaim, 'id' | 'start' | 'end'>,
): PersonalClaim => ({
  reservationId: id,
  resourceId: resource.id,
  typeId: resource.typeId,
  siteId: resource.siteId,
  start,
  end,
  quantity,
});
